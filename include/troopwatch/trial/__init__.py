"""Trial: what a live source shows when it is asked now, before anybody trusts it with a day."""

from troopwatch.trial.run import try_all
from troopwatch.trial.show import as_json, show
from troopwatch.trial.verdict import Trial

__all__ = ["Trial", "as_json", "show", "try_all"]
