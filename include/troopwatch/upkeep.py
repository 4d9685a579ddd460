"""What keeps an installation healthy over the years: leftovers of killed runs, and sources that fell silent."""

from datetime import date, datetime, timedelta
from pathlib import Path

from troopwatch import days
from troopwatch.errors import HopelessError
from troopwatch.lake import Lake
from troopwatch.settings import Settings
from troopwatch.tables import LAKE

ABANDONED = timedelta(days=1)
"""Age at which a half-written file belongs to no run any more."""
PATIENCE = 3
"""Days in a row without a capture after which a source counts as silent."""


class SilentSourcesError(HopelessError):
    """Sources that are asked every day and bring nothing any more."""

    title = "sources are silent"


def sweep(settings: Settings, now: datetime) -> int:
    """Remove what killed runs left: half-written files and candidates never published; how many files that were."""
    oldest = now.timestamp() - ABANDONED.total_seconds()
    found = [*settings.data.rglob(".*.tmp"), *settings.data.glob("aggregate/edition-*")]
    leftovers = [path for path in found if _is_older(path, oldest)]
    for path in leftovers:
        path.unlink(missing_ok=True)
    return len(leftovers)


def _is_older(path: Path, oldest: float) -> bool:
    try:
        return path.stat().st_mtime < oldest
    except FileNotFoundError:  # a run that is at work has just put it in its place
        return False


def listen(settings: Settings, day: date) -> None:
    """Raises SilentSourcesError with the sources that brought nothing on any of the last days up to `day`."""
    if silent := silent_sources(settings, day):
        raise SilentSourcesError(f"silent for {PATIENCE} days: {', '.join(silent)}; their ledger rows say why")


def silent_sources(settings: Settings, day: date) -> list[str]:
    """Names of the sources that were asked on each of the last days up to `day` and brought nothing on any of them."""
    lake = Lake(settings.data)
    asked = [lake.rows(LAKE["ledger"], d) for d in days.between(day - (PATIENCE - 1) * days.ONE, day)]
    outcomes: dict[str, list[str]] = {}
    for row in (row for rows in asked for row in rows):
        outcomes.setdefault(row["source"], []).append(row["outcome"])
    return sorted(name for name, seen in outcomes.items() if len(seen) == PATIENCE and "captured" not in seen)
