"""What keeps an installation healthy over the years: leftovers of killed runs, and sources that fell silent."""

from datetime import date, datetime, timedelta
from pathlib import Path

from troopwatch import health, quality, stored
from troopwatch.errors import HopelessError
from troopwatch.settings import Settings

ABANDONED = timedelta(days=1)
"""Age at which a half-written file, or a candidate that no gate let through, belongs to no run any more."""
WAITING = timedelta(days=8)
"""For how long a candidate that was let through is left: a person has seven days to give their word."""


class SilentSourcesError(HopelessError):
    """Sources that bring nothing any more, or too seldom."""

    title = "sources are silent"


def sweep(settings: Settings, now: datetime) -> int:
    """Remove what killed runs left: half-written files and candidates never published; how many files that were.

    A candidate that was let through may be waiting for somebody's word: it is left for eight days, and the newest of
    them however old it is. What is published is no candidate, and is never touched.
    """
    found = [*settings.data.rglob(".*.tmp"), *_abandoned(settings.data / "aggregate", now)]
    leftovers = [path for path in found if _is_older(path, now - ABANDONED)]
    for path in leftovers:
        path.unlink(missing_ok=True)
    return len(leftovers)


def _is_older(path: Path, oldest: datetime) -> bool:
    try:
        return path.stat().st_mtime < oldest.timestamp()
    except FileNotFoundError:  # a run that is at work has just put it in its place
        return False


def _abandoned(folder: Path, now: datetime) -> list[Path]:
    """Candidates, what lies beside them, and drafts, but for those that were let through and may be waiting."""
    found = sorted(folder.glob("edition-*"))
    marks = [mark for path in found if (mark := quality.mark_of(path)) in found]
    waiting = {*marks[-1:], *(mark for mark in marks if not _is_older(mark, now - WAITING))}
    beside = {name for mark in waiting for name in (mark, mark.with_suffix(""), stored.inputs_of(mark.with_suffix("")))}
    return [path for path in found if path not in beside]


def listen(settings: Settings, day: date) -> None:
    """Raises SilentSourcesError with the sources that fared badly over the four weeks up to `day`, and how.

    Captures that were made elsewhere are no source that could fall silent: there are days of which there are none.
    """
    made_elsewhere = {name for name, source in health.specs(settings).items() if source.kind == "warc"}
    asked = (one for one in health.of_sources(settings, day) if one.source not in made_elsewhere)
    if found := health.complaints(asked):
        words = ", ".join(f"{name} ({complaint})" for name, complaint in found.items())
        raise SilentSourcesError(f"{words}; their ledger rows say why")
