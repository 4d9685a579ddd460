"""What the gates said of days, from their verdicts alone: cheap enough to be asked about every day of the lake."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from troopwatch.lake import Lake, LakeError
from troopwatch.publish.standing import GATES
from troopwatch.tables import LAKE

Row = dict[str, Any]


@dataclass(frozen=True)
class DayGate:
    """A day's gates taken together: open, closed (`reason` says by what), or pending while one has not judged yet."""

    day: date
    state: str
    reason: str = ""


def said(lake: Lake, day: date) -> DayGate:
    """What the verdicts of a day say. Whether they still stand is another question (`quality.is_open`)."""
    try:
        verdicts = lake.columns(LAKE["verdicts"], day, ("gate", "is_open", "closed_by"))
    except LakeError:
        return DayGate(day, "closed", "the verdict is damaged: run the day again")
    closed = [f"{row['gate']} gate closed: {row['closed_by']}" for row in verdicts if not row["is_open"]]
    if closed:
        return DayGate(day, "closed", "; ".join(closed))
    return DayGate(day, "open" if {row["gate"] for row in verdicts} >= GATES else "pending")


def of_days(lake: Lake, wanted: Iterable[date]) -> list[DayGate]:
    return [said(lake, day) for day in wanted]
