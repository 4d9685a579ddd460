"""What is stale: days whose inputs are newer than what is published of them, closed gates, silent sources."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from troopwatch import days, health, quality
from troopwatch.lake import Lake
from troopwatch.pages import gates
from troopwatch.pages.gates import DayGate
from troopwatch.pages.sources import newest
from troopwatch.publish import html, standing, swap
from troopwatch.settings import Settings
from troopwatch.tables import LAKE

MOST = 60
"""Days of a list that are shown; the rest is counted."""


@dataclass(frozen=True)
class Found:
    """The days of the lake that are not, or not as they are now, in what is published; the newest first."""

    closed: list[DayGate]
    pending: list[DayGate]
    newer: list[DayGate]
    """Open days that were run again since the published file was put up."""
    unpublished: list[DayGate]

    @property
    def is_empty(self) -> bool:
        return not (self.closed or self.pending or self.newer or self.unpublished)


def render(settings: Settings, today: date, root: str = "") -> str:
    """The page as of `today`. Raises PublishError for a damaged status."""
    last, now = newest(settings, today), standing.read(settings.published)
    return html.render(
        "pages/stale.html",
        root=root,
        standing=now,
        outdated=[DayGate(day, "open") for day in reversed(now.outdated)],
        found=find(settings),
        complaints=[one for one in (health.of_sources(settings, last) if last else []) if one.complaint],
        last=last,
        waiting=max((today - days.ONE - last) // timedelta(days=1), 0) if last else 0,
        most=MOST,
    )


def find(settings: Settings) -> Found:
    """Every day of the ledger, put where it belongs.

    Newer inputs are told by the files' times: a day that was run again to the same rows is named until the next
    publishing, and one that was run again while a publishing went on is named after the next run alone.
    """
    lake, published = Lake(settings.data), settings.published / swap.FILE
    put_up = published.stat().st_mtime_ns if published.exists() else None
    up = standing.reports(settings.published)
    found = Found([], [], [], [])
    for day in reversed(lake.days(LAKE["ledger"])):
        line = _as_it_is_now(lake, gates.said(lake, day))
        if line.state != "open":
            (found.closed if line.state == "closed" else found.pending).append(line)
        elif day not in up or put_up is None:
            found.unpublished.append(line)
        elif _written(lake, day) > put_up:
            found.newer.append(line)
    return found


def _as_it_is_now(lake: Lake, line: DayGate) -> DayGate:
    """A day that was let through and has changed since, or was judged under another schema, is closed."""
    if line.state != "open":
        return line
    is_open, reason = quality.is_open(line.day, lake)  # a file is read once, and again only where it is another one
    return line if is_open else DayGate(line.day, "closed", reason or "")


def _written(lake: Lake, day: date) -> int:
    """When a partition of the day was last written, in nanoseconds."""
    return max(_times(path for table in LAKE.values() for path in lake.parts(table, day)), default=0)


def _times(paths: Iterable[Path]) -> list[int]:
    """Of files that are still there: a run may be replacing them."""
    found = []
    for path in paths:
        try:
            found.append(path.stat().st_mtime_ns)
        except FileNotFoundError:
            continue
    return found
