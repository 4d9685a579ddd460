"""The health of every source over the last four weeks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from troopwatch import days, health
from troopwatch.health import Health
from troopwatch.lake import Lake
from troopwatch.pages.captured import MARKS, Mark
from troopwatch.publish import html
from troopwatch.settings import Settings
from troopwatch.tables import LAKE


@dataclass(frozen=True)
class Line:
    """One source, with a mark for every day."""

    health: Health
    marks: Sequence[tuple[date, Mark]]


def render(settings: Settings, today: date, root: str = "") -> str:
    """The page. The four weeks end with the newest day that was run before `today`."""
    last = newest(settings, today)
    found = health.of_sources(settings, last) if last else []
    lines = [Line(one, [(day, MARKS[one.outcomes.get(day, "not_run")]) for day in one.span]) for one in found]
    return html.render(
        "pages/sources.html",
        root=root,
        last=last,
        lines=sorted(lines, key=_urgency),
        span=health.SPAN,
        patience=health.PATIENCE,
        fewest=health.FEWEST,
        legend={kind: MARKS[kind] for kind in ("captured", "no_data", "failed", "not_run")},
    )


def _urgency(line: Line) -> tuple[bool, bool, bool, str]:
    """What needs somebody comes first, then what was never captured, then what shows less than is expected."""
    one = line.health
    return one.complaint is None, bool(one.count("captured")), not one.low, one.source


def newest(settings: Settings, today: date) -> date | None:
    """The newest day of the ledger that was over before `today` began; None where there is none."""
    over = (day for day in Lake(settings.data).days(LAKE["ledger"]) if day <= today - days.ONE)
    return max(over, default=None)
