"""What keeps an installation healthy over the years: leftovers of killed runs, and sources that fell silent."""

from datetime import date, datetime, timedelta
from pathlib import Path

from troopwatch import health, quality
from troopwatch.errors import HopelessError
from troopwatch.settings import Settings

ABANDONED = timedelta(days=1)
"""Age at which a half-written file belongs to no run any more."""


class SilentSourcesError(HopelessError):
    """Sources that bring nothing any more, or too seldom."""

    title = "sources are silent"


def sweep(settings: Settings, now: datetime) -> int:
    """Remove what killed runs left: half-written files and candidates never published; how many files that were.

    The newest candidate that was let through is left however old it is: it may be waiting for somebody's word. What is
    published is no candidate, and is never touched.
    """
    oldest = now.timestamp() - ABANDONED.total_seconds()
    found = [*settings.data.rglob(".*.tmp"), *_abandoned(settings.data / "aggregate")]
    leftovers = [path for path in found if _is_older(path, oldest)]
    for path in leftovers:
        path.unlink(missing_ok=True)
    return len(leftovers)


def _is_older(path: Path, oldest: float) -> bool:
    try:
        return path.stat().st_mtime < oldest
    except FileNotFoundError:  # a run that is at work has just put it in its place
        return False


def _abandoned(folder: Path) -> list[Path]:
    """Candidates, their marks and drafts, but for the newest candidate that a gate has let through."""
    found = sorted(folder.glob("edition-*"))
    waiting = max((quality.mark_of(path) for path in found if quality.mark_of(path) in found), default=None)
    return [path for path in found if waiting is None or path not in {waiting, waiting.with_suffix("")}]


def listen(settings: Settings, day: date) -> None:
    """Raises SilentSourcesError with the sources that fared badly over the four weeks up to `day`, and how."""
    if found := health.complaints(health.of_sources(settings, day)):
        words = ", ".join(f"{name} ({complaint})" for name, complaint in found.items())
        raise SilentSourcesError(f"{words}; their ledger rows say why")
