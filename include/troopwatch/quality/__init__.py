"""Quality: tables -> Great Expectations suites -> open or closed gate."""

from troopwatch.quality.edition import has_passed, judge_edition, mark_of
from troopwatch.quality.gate import judge
from troopwatch.quality.history import judge_history, rejudge_later
from troopwatch.quality.partitions import digest
from troopwatch.quality.verdicts import (
    GateClosedError,
    approve,
    hold,
    is_open,
    judged,
    refused_edition,
    reject,
    why_not_open,
)

__all__ = [
    "GateClosedError",
    "approve",
    "digest",
    "has_passed",
    "hold",
    "is_open",
    "judge",
    "judge_edition",
    "judge_history",
    "judged",
    "mark_of",
    "refused_edition",
    "reject",
    "rejudge_later",
    "why_not_open",
]
