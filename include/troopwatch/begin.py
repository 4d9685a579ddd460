"""From which stage a run begins: what it leaves out, and what must be there for it.

A run that begins later than with scrape stands on what earlier runs of the day left: a new codebook detects anew, and
nothing is normalized again.
"""

from collections.abc import Callable
from datetime import date

from troopwatch import quality
from troopwatch.errors import HopelessError
from troopwatch.lake import Lake
from troopwatch.tables import LAKE

STAGES = ("scrape", "normalize", "detect", "aggregate", "publish")
STAGE_OF = {
    "sources": "scrape",
    "scrape": "scrape",
    "tally": "scrape",
    "normalize": "normalize",
    "judge_documents": "normalize",
    "detect": "detect",
    "judge_mentions": "detect",
    "judge_history": "aggregate",
    "aggregate": "aggregate",
    "judge_edition": "aggregate",
    "publish": "publish",
}
"""The stage of each step of a day's run, by the names of the methods of `flow.Run`."""


class CannotBeginError(HopelessError):
    """A run that is to begin where the stages before it have left nothing to begin with."""


def left_out(step: str, day: date, first: str) -> str | None:
    """Why a run of `day` that begins with the stage `first` leaves a step out; None where it takes it.

    Raises CannotBeginError for a word that is no stage.
    """
    _known(first)
    stage = STAGE_OF.get(step, first)  # what is no stage's, such as upkeep, is never left out
    if STAGES.index(stage) >= STAGES.index(first):
        return None
    return f"this run begins with {first}: what {stage} left of {day} stands as it is"


def check(day: date, first: str, lake: Lake) -> None:
    """Raises CannotBeginError where what the stage `first` reads of the day is not there, or was not let through."""
    _known(first)
    if why := _MISSING[first](day, lake):
        raise CannotBeginError(f"a run of {day} cannot begin with {first}: {why}")


def _known(first: str) -> None:
    if first not in STAGES:
        raise CannotBeginError(f"{first!r} is no stage to begin with: {', '.join(STAGES)}")


def _nothing(_: date, __: Lake) -> None:
    return None


def _not_scraped(day: date, lake: Lake) -> str | None:
    return None if lake.parts(LAKE["ledger"], day) else "it was never scraped, begin with scrape"


def _not_normalized(day: date, lake: Lake) -> str | None:
    if not lake.parts(LAKE["documents"], day):
        return _not_scraped(day, lake) or "it was never normalized, begin with normalize"
    why = quality.why_not_open("documents", day, lake)
    return f"{why}; begin with normalize" if why else None


def _not_detected(day: date, lake: Lake) -> str | None:
    if not lake.parts(LAKE["readings"], day):
        return _not_normalized(day, lake) or "it was never read for mentions, begin with detect"
    gates = (quality.why_not_open(gate, day, lake) for gate in ("documents", "mentions"))
    return next(filter(None, gates), None)


def _not_let_through(day: date, lake: Lake) -> str | None:
    _, why = quality.is_open(day, lake)
    return _not_detected(day, lake) or why


_MISSING: dict[str, Callable[[date, Lake], str | None]] = {
    "scrape": _nothing,
    "normalize": _not_scraped,
    "detect": _not_normalized,
    "aggregate": _not_detected,
    "publish": _not_let_through,
}
