"""The coverage calendar: every source by every day of a month, and the gate of each day."""

from calendar import monthrange
from collections import Counter
from dataclasses import dataclass
from datetime import date

from troopwatch import days, health
from troopwatch.lake import Lake
from troopwatch.pages import captured, gates
from troopwatch.pages.captured import MARKS, Mark
from troopwatch.pages.overview import months
from troopwatch.publish import html, standing
from troopwatch.settings import Settings
from troopwatch.tables import LAKE


@dataclass(frozen=True)
class Line:
    """A source's month: its marks in the order of the days, and how many days have which."""

    source: str
    title: str
    marks: tuple[Mark, ...]
    counts: dict[str, int]


def newest(settings: Settings) -> date | None:
    """The first day of the newest month in which a day was run."""
    run = Lake(settings.data).days(LAKE["ledger"])
    return run[-1].replace(day=1) if run else None


def render(settings: Settings, month: date | None, root: str = "") -> str:
    """The calendar of the month that this day is in; None where no day was ever run."""
    lake = Lake(settings.data)
    run = lake.days(LAKE["ledger"])
    when = _days_of(month) if month else []
    lines = _lines(lake, when, health.specs(settings))
    return html.render(
        "pages/calendar.html",
        root=root,
        month=month,
        months=months(run),
        days=gates.of_days(lake, when),
        run=set(run),
        reports=standing.reports(settings.published).keys(),
        lines=lines,
        kinds=[kind for kind in MARKS if any(kind in line.counts for line in lines)],
        legend=MARKS,
    )


def _days_of(month: date) -> list[date]:
    last = monthrange(month.year, month.month)[1]
    return days.between(month.replace(day=1), month.replace(day=last))


def _lines(lake: Lake, when: list[date], specs: captured.Specs) -> list[Line]:
    """A line for every source that has a row in the month."""
    rows = {day: captured.ledger(lake, day) for day in when}
    names = sorted({name for found in rows.values() for name in found})
    lines = []
    for name in names:
        kinds = [captured.kind(rows[day].get(name), specs) for day in when]
        counts = {kind: count for kind, count in Counter(kinds).items() if kind != "not_run"}
        title = specs[name].title if name in specs else name
        lines.append(Line(name, title, tuple(MARKS[kind] for kind in kinds), counts))
    return lines
