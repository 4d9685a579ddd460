"""The landing page of what is published: all days, in a calendar and in a list to search, and the editions."""

from calendar import Calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from pathlib import Path

from troopwatch import lake
from troopwatch.publish import digest, html, quality_page, swap
from troopwatch.publish.digest import Digest
from troopwatch.publish.edition import PublishError
from troopwatch.publish.editions import shelf
from troopwatch.publish.editions.shelf import Kept
from troopwatch.publish.standing import DayLine, Standing, pages

QUERY = """SELECT claim_date, claimed_by, force_text, count_min, count_max, status, outlet, canonical_url
FROM troop_claims
WHERE status = 'asserted'
ORDER BY claim_date DESC, claimed_by, record_id
LIMIT 20"""
BOUNDS = (1, 10, 25)
"""Mentions of a day from which on the calendar's square is darker."""


@dataclass(frozen=True)
class Entry:
    """A day of the list: how it stands and what it says."""

    line: DayLine
    digest: Digest

    @property
    def shade(self) -> int:
        """How dark the day's square is: 0 for a day that says nothing."""
        mentions = self.digest.counts.get("deployments", 0) + self.digest.counts.get("demands", 0)
        return sum(mentions >= least for least in BOUNDS)

    @property
    def has_data(self) -> bool:
        """Whether anything was captured: without that, no mention is not zero mentions."""
        return bool(self.line.outcomes.get("captured"))

    @property
    def words(self) -> str:
        """What a screen reader says of the day's square."""
        state = {"open": "", "closed": ", gate closed"}.get(self.line.gate, ", not finished")
        counts = [html.plural(self.digest.counts.get(name, 0), name[:-1]) for name in ("deployments", "demands")]
        return f"{html.long_date(self.line.day)}: {', '.join(counts) if self.has_data else 'no data'}{state}"


@dataclass(frozen=True)
class Month:
    """A month of the calendar: its weeks from Monday on, None for a day of another month or one that was never run."""

    title: str
    weeks: tuple[tuple[tuple[int, Entry | None], ...], ...]
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Listed:
    """An edition as its edition.json describes it; `reason` is empty where that says none."""

    number: int
    folder: str
    made_at: datetime
    days: tuple[str, ...]
    reason: str
    has_page: bool


def write(published: Path, standing: Standing, lines: Sequence[DayLine]) -> None:
    """Write published/index.html."""
    file = published / swap.FILE
    found = digest.digests(file)
    values = {"standing": standing, "months": months(lines, found), "waiting": _waiting(standing, lines)}
    values |= {"editions": editions(published), "bounds": BOUNDS, "described": len(found)}
    values |= {"checked": pages(published, quality_page.NAME)}
    page = html.render("index.html", **values, has_file=file.exists(), query=QUERY)
    with lake.replacing(published / "index.html") as target:
        target.write(page.encode())


def _waiting(standing: Standing, lines: Sequence[DayLine]) -> int:
    """Days after the latest report that were run and neither published nor refused."""
    later = (line for line in lines if standing.latest is None or line.day > standing.latest)
    return sum(line.gate != "closed" for line in later)


def months(lines: Sequence[DayLine], found: Mapping[date, Digest]) -> list[Month]:
    """The days by month, the newest first."""
    entries = [Entry(line, found.get(line.day, Digest())) for line in lines]
    newest = sorted(entries, key=lambda entry: entry.line.day, reverse=True)
    return [
        _month(year, month, tuple(same))
        for (year, month), same in groupby(newest, lambda entry: (entry.line.day.year, entry.line.day.month))
    ]


def _month(year: int, month: int, entries: tuple[Entry, ...]) -> Month:
    by_day = {entry.line.day.day: entry for entry in entries}
    weeks = Calendar().monthdayscalendar(year, month)
    squares = tuple(tuple((day, by_day.get(day)) for day in week) for week in weeks)
    return Month(html.month(date(year, month, 1)), squares, entries)


def editions(published: Path) -> list[tuple[str, list[Listed]]]:
    """All editions by the month they were made in, the last first. One whose description is damaged is left out."""
    found = [one for one in map(_listed, reversed(shelf.kept(published))) if one]
    return [(month, list(same)) for month, same in groupby(found, lambda one: html.month(one.made_at.date()))]


def _listed(one: Kept) -> Listed | None:
    try:
        days, reason = tuple(map(str, one.facts.get("days", ()))), str(one.facts.get("reason") or "")
        has_page = one.folder.joinpath("index.html").exists()
        return Listed(one.number, one.folder.name, one.made_at, days, reason, has_page)
    except (PublishError, ValueError, KeyError, TypeError, AttributeError):
        return None
