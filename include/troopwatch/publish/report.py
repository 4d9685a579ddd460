"""The report of a day: one HTML file that needs no network, made from the published rows of that day alone."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from troopwatch.publish import figures, history, html, matrix, mentions, news, panels, shelves, where
from troopwatch.publish.coverage import Coverage, Gate
from troopwatch.publish.edition import Edition, Row
from troopwatch.publish.panels import Panel
from troopwatch.publish.shelves import Shelf

LARGEST = 1_500_000
"""Bytes of a report: what still opens at once on a phone."""
CAPS = (120, 60, 30, 15, 5, 2)
"""Rows a subsection shows: the first number that keeps the page within LARGEST."""
VIEWS: Mapping[str, Callable[[Row, date], Any]] = {"deployments": mentions.deployment, "demands": mentions.demand}
SECTIONS = {"deployments": shelves.DEPLOYMENTS, "demands": shelves.DEMANDS, "disputed": shelves.DISPUTED}
CLAIMS = """SELECT *
FROM troop_claims
WHERE day BETWEEN DATE '{first}' AND DATE '{day}'
ORDER BY force_owner_code, record_id"""


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
    """Figures side by side: groups of several, single ones, those of an unknown owner or place, and of earlier days."""

    groups: Sequence[Panel]
    alone: Sequence[Panel]
    unattributed: Sequence[Panel]
    earlier: Sequence[Panel]
    more: int
    """Figures that are left out."""
    total: int
    """Figures that are claimed on the day itself, however they stand."""
    present: int
    """Those of them that are asserted of what is there now."""
    query: str

    @property
    def before(self) -> int:
        """Figures of earlier days that are shown apart."""
        return sum(len(panel.group.lines) for panel in self.earlier)

    @property
    def anchors(self) -> set[str]:
        """The figures that the page has, for links to them."""
        shown = (*self.groups, *self.alone, *self.unattributed, *self.earlier)
        return {line.anchor for panel in shown for line in panel.group.lines}


@dataclass(frozen=True)
class Report:
    """A rendered page and what it counts."""

    page: bytes
    counts: dict[str, int]


def make(edition: Edition, day: date, titles: Mapping[str, str], fingerprint: str) -> Report:
    """The report of a day. `titles` are the sources' names for readers, `fingerprint` is that of the day's rows."""
    coverage = Coverage(edition.coverage(day), titles)
    groups = figures.groups(edition.claims(history.first_of(day), day), day)
    drawn = panels.panels(groups, day)
    rows = {table: edition.mentions(day, table, CAPS[0]) for table in VIEWS}
    around = {
        "day": day,
        "coverage": coverage,
        "gate": Gate(edition.checks(day)),
        "fingerprint": fingerprint,
        "news": news.news(edition, groups, day),
        "matrix": matrix.matrix(edition, day),
        "where": where.where(edition, day),
        "window": (history.first_of(day), history.WINDOW),
    }
    page, sections = b"", {}
    for cap in CAPS:
        sections = _sections(rows, day, cap)
        numbers = rivals(drawn, day, cap)
        values = sections | {"rivals": numbers, "shown": _anchors(sections) | numbers.anchors}
        page = html.render("report.html", **around, **values).encode()
        if len(page) <= LARGEST:
            break
    return Report(page, {name: sum(section.total for section in found) for name, found in sections.items()})


def _anchors(sections: Mapping[str, Sequence[Section]]) -> set[str]:
    """The rows that the page has, for links to them."""
    return {f"m-{row.anchor}" for found in sections.values() for section in found for row in section.rows}


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


def rivals(drawn: Sequence[Panel], day: date, cap: int) -> Rivals:
    """The groups whose figures fit in `2 * cap` lines; the last one is cut where it does not fit whole."""
    shown: list[Panel] = []
    room = 2 * cap
    for panel in drawn:
        lines = panel.group.lines
        if room > 0:
            shown.append(panel.cut(room))
        room -= len(lines)
    earlier = [panel for panel in shown if not panel.group.is_today]
    unattributed = [panel for panel in shown if panel.group.is_today and not panel.group.is_attributed]
    known = [panel for panel in shown if panel.group.is_today and panel.group.is_attributed]
    several = [panel for panel in known if panel.chart or len(panel.group.lines) > 1]
    alone = [panel for panel in known if panel not in several]
    today = [line for panel in drawn for line in panel.group.lines if line.today]
    counts = max(-room, 0), len(today), sum(line.is_present for line in today)
    query = CLAIMS.format(first=history.first_of(day), day=day)
    return Rivals(several, alone, unattributed, earlier, *counts, query)
