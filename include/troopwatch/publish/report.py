"""The report of a day: one HTML file that needs no network, made from the published rows of that day alone."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from troopwatch.publish import figures, html, mentions, shelves
from troopwatch.publish.coverage import Coverage, Gate
from troopwatch.publish.edition import Edition, Row
from troopwatch.publish.figures import Group
from troopwatch.publish.shelves import Shelf

LARGEST = 1_500_000
"""Bytes of a report: what still opens at once on a phone."""
CAPS = (120, 60, 30, 15, 5, 2)
"""Rows a subsection shows: the first number that keeps the page within LARGEST."""
VIEWS: Mapping[str, Callable[[Row, date], Any]] = {"deployments": mentions.deployment, "demands": mentions.demand}
SECTIONS = {"deployments": shelves.DEPLOYMENTS, "demands": shelves.DEMANDS, "disputed": shelves.DISPUTED}
CLAIMS = "SELECT *\nFROM troop_claims\nWHERE day = DATE '{day}'\nORDER BY force_owner_code, record_id"


@dataclass(frozen=True)
class Section:
    """The rows of a shelf that are shown, how many there are, and the query for all of them."""

    shelf: Shelf
    rows: Sequence[Any]
    total: int
    query: str

    @property
    def more(self) -> int:
        return self.total - len(self.rows)


@dataclass(frozen=True)
class Rivals:
    """Figures side by side: groups of several, figures that stand alone, and how many are left out."""

    groups: Sequence[Group]
    alone: Sequence[Group]
    more: int
    total: int
    query: str


@dataclass(frozen=True)
class Report:
    """A rendered page and what it counts."""

    page: bytes
    counts: dict[str, int]


def make(edition: Edition, day: date, titles: Mapping[str, str], fingerprint: str) -> Report:
    """The report of a day. `titles` are the sources' names for readers, `fingerprint` is that of the day's rows."""
    coverage = Coverage(edition.coverage(day), titles)
    groups = figures.groups(edition.claims(day), day)
    rows = {table: edition.mentions(day, table, CAPS[0]) for table in VIEWS}
    around = {"day": day, "coverage": coverage, "gate": Gate(edition.checks(day)), "fingerprint": fingerprint}
    page, sections = b"", {}
    for cap in CAPS:
        sections = _sections(rows, day, cap)
        values = sections | {"rivals": rivals(groups, day, cap)}
        page = html.render("report.html", **around, **values).encode()
        if len(page) <= LARGEST:
            break
    return Report(page, {name: sum(section.total for section in found) for name, found in sections.items()})


def _sections(rows: Mapping[str, Sequence[Row]], day: date, cap: int) -> dict[str, list[Section]]:
    """The sections of the page by name, each with the shelves that hold anything."""
    by_shelf: dict[str, list[Row]] = {}
    for row in (row for table in rows.values() for row in table):
        by_shelf.setdefault(row["shelf"], []).append(row)
    return {
        name: [_section(shelf, by_shelf[shelf.key], day, cap) for shelf in found if shelf.key in by_shelf]
        for name, found in SECTIONS.items()
    }


def _section(shelf: Shelf, rows: Sequence[Row], day: date, cap: int) -> Section:
    shown = [VIEWS[shelf.table](row, day) for row in rows[:cap]]
    return Section(shelf, shown, rows[0]["on_shelf"], shelf.query(day))


def rivals(groups: Sequence[Group], day: date, cap: int) -> Rivals:
    """The groups whose figures fit in `2 * cap` lines; the last one is cut where it does not fit whole."""
    shown: list[Group] = []
    room = 2 * cap
    for group in groups:
        if room > 0:
            shown.append(replace(group, lines=group.lines[:room]))
        room -= len(group.lines)
    several = sum(len(group.lines) > 1 for group in groups)
    total = sum(len(group.lines) for group in groups)
    return Rivals(shown[:several], shown[several:], max(-room, 0), total, CLAIMS.format(day=day))
