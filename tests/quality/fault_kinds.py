"""What a fault is."""

from collections.abc import Callable
from dataclasses import dataclass

from quality_days import Tables, Weeks


@dataclass(frozen=True)
class Fault:
    """`spoil` makes the rows of a bad day of those of a good one; `damage` then spoils the files of the lake.

    `check` is the check that must fail, at `severity`; None where nothing can be expected to, and `why`.
    """

    name: str
    what: str
    severity: str
    check: str | None
    spoil: Callable[[Tables], Tables] = lambda day: day
    damage: Callable[[Weeks], None] = lambda weeks: None
    why: str = ""
