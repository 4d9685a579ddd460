"""The ledger's row of a source and day, summed up from the rows of its addresses."""

from datetime import date
from typing import Any

from troopwatch.lake import Lake
from troopwatch.tables import LAKE

Row = dict[str, Any]


def fetches(lake: Lake, day: date, source: str) -> list[Row]:
    """Every address that the source's day led to, over all its polls."""
    return [row for row in lake.rows(LAKE["fetches"], day) if row["source"] == source]


def row(day: date, source: str, asked: list[Row], reason: str | None) -> Row:
    """The ledger row that these fetches add up to; `reason` says why there are none."""
    useful = [f for f in asked if f["outcome"] == "stored" and f["role"] != "robots"]
    times = [f["captured_at"] for f in useful]
    outcome = "captured" if useful else "failed" if asked else "no_data"
    return {
        "day": day,
        "source": source,
        "outcome": outcome,
        "reason": None if useful else reason or _first_reason(asked),
        "requests": sum(f["outcome"] != "refused_by_robots" for f in asked),
        "responses": sum(f["outcome"] == "stored" for f in asked),
        "refused_by_robots": sum(f["outcome"] == "refused_by_robots" for f in asked),
        "failures": sum(f["outcome"] == "failed" for f in asked),
        "first_captured_at": min(times, default=None),
        "last_captured_at": max(times, default=None),
    }


def is_captured(lake: Lake, day: date, source: str) -> bool:
    """Whether the ledger says that the source's day was captured."""
    return any(r["source"] == source and r["outcome"] == "captured" for r in lake.rows(LAKE["ledger"], day))


def _first_reason(asked: list[Row]) -> str:
    return next((f"{f['url']}: {f['reason']}" for f in asked if f["reason"]), "nothing usable was served")
