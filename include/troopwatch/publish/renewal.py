"""Which reports are made anew: those of the run's days, and of others the newest that the new rows contradict."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from troopwatch import sources
from troopwatch.publish import contents, report, standing
from troopwatch.publish.edition import opened
from troopwatch.settings import Settings

HEALED = 28
"""Outdated reports that a run makes anew beside its own day's: so a run costs the same in a history of any length."""


@dataclass(frozen=True)
class Due:
    """The days whose reports are to be made anew, the days that are open, and how many outdated ones at most."""

    wanted: set[date]
    is_open: set[date]
    most: int


@dataclass(frozen=True)
class Renewal:
    """The reports that were made, in bytes by day, and the days whose reports are outdated still."""

    sizes: dict[date, int]
    outdated: tuple[date, ...]


def write(database: Path, folder: Path, due: Due, settings: Settings) -> Renewal:
    """Make the reports that are due, <folder>/reports/<day>/index.html."""
    titles = {name: source.title for name, source in sources.load(settings.sources).items()}
    with opened(database) as edition:
        prints = contents.fingerprints(edition)
        stale = contents.outdated(standing.reports(settings.published), prints) & due.is_open - due.wanted
        healed, left = _newest(stale, due.most)
        sizes = {}
        for day in sorted({*due.wanted, *healed}):
            page = report.make(edition, day, titles, prints.get(day, "")).page
            path = standing.report_path(folder, day)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(page)
            sizes[day] = len(page)
    return Renewal(sizes, tuple(left))


def _newest(found: Iterable[date], most: int) -> tuple[Sequence[date], Sequence[date]]:
    """The newest so many, and the others in order."""
    ordered = sorted(found)
    cut = max(len(ordered) - most, 0)
    return ordered[cut:], ordered[:cut]
