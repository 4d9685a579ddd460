"""What keeps an installation healthy over the years: leftovers of killed runs, and sources that fell silent."""

from datetime import date, datetime, timedelta

from troopwatch import days
from troopwatch.lake import Lake
from troopwatch.settings import Settings
from troopwatch.tables import LAKE

ABANDONED = timedelta(days=1)
"""Age at which a half-written file belongs to no run any more."""
PATIENCE = 3
"""Days in a row without a capture after which a source counts as silent."""


def sweep(settings: Settings, now: datetime) -> int:
    """Remove what killed runs left half-written; how many files that were. What is whole is never touched."""
    leftovers = [
        p for p in settings.data.rglob(".*.tmp") if now.timestamp() - p.stat().st_mtime > ABANDONED.total_seconds()
    ]
    for path in leftovers:
        path.unlink(missing_ok=True)
    return len(leftovers)


def silent_sources(settings: Settings, day: date) -> list[str]:
    """Names of the sources that were asked on each of the last days up to `day` and brought nothing on any of them."""
    lake = Lake(settings.data)
    asked = [lake.rows(LAKE["ledger"], d) for d in days.between(day - (PATIENCE - 1) * days.ONE, day)]
    outcomes: dict[str, list[str]] = {}
    for row in (row for rows in asked for row in rows):
        outcomes.setdefault(row["source"], []).append(row["outcome"])
    return sorted(name for name, seen in outcomes.items() if len(seen) == PATIENCE and "captured" not in seen)
