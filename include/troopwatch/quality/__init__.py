"""Quality: tables -> Great Expectations suites -> open or closed gate."""

from troopwatch.quality.edition import judge_edition
from troopwatch.quality.gate import judge
from troopwatch.quality.verdicts import GateClosedError, is_open, refused_edition

__all__ = ["GateClosedError", "is_open", "judge", "judge_edition", "refused_edition"]
