"""The ledger's row of a source and day, summed up from the rows of its addresses."""

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from troopwatch import days
from troopwatch.lake import Lake, LakeError, read_file
from troopwatch.sources import Source
from troopwatch.tables import LAKE, Table
from troopwatch.tables.scrape import COUNTED, FAILURES

Row = dict[str, Any]
LEDGER = LAKE["ledger"]


def of_source(folder: Path, source: str, ending: str) -> list[str]:
    """Names of the source's own parts in a folder, the earliest poll first: other sources' are not its concern."""
    found = [*folder.glob(f"{source}{ending}"), *folder.glob(f"{source}@*{ending}")]
    return sorted(path.name.removesuffix(ending) for path in found)


def parts(lake: Lake, table: Table, day: date, source: str) -> list[str]:
    """The parts of a table and day that the source has written."""
    return of_source(lake.folder(table, day), source, ".parquet")


def fetches(lake: Lake, day: date, source: str) -> list[Row]:
    """Every address that the source's day led to, poll by poll. Raises LakeError for a damaged part."""
    table = LAKE["fetches"]
    own = (lake.path(table, day, part) for part in parts(lake, table, day, source))
    return [row for path in own for row in read_file(table, path).to_pylist()]


def row(day: date, source: Source, asked: list[Row], reason: str | None) -> Row:
    """The ledger row that these fetches add up to; `reason` says why there are none."""
    times = [f["captured_at"] for f in asked if f["outcome"] == "stored" and f["role"] != "robots"]
    useful = _is_useful(day, source, asked)
    return {
        "day": day,
        "source": source.name,
        "outcome": "captured" if useful else "failed" if asked else "no_data",
        "reason": None if useful else reason or _first_reason(asked),
        **_counts(asked),
        "first_captured_at": min(times, default=None),
        "last_captured_at": max(times, default=None),
    }


def _counts(asked: list[Row]) -> dict[str, int]:
    ended = Counter(f["outcome"] for f in asked)
    failed = Counter(f["failure"] for f in asked if f["outcome"] == "failed")
    counts = {column: ended[outcome] for outcome, column in COUNTED.items()}
    requests = len(asked) - ended["refused_by_robots"]
    return {"requests": requests} | counts | {f"failed_{name}": failed[name] for name in FAILURES}


def is_captured(lake: Lake, day: date, source: str) -> bool:
    """Whether the ledger says that the source's day was captured; a damaged row says nothing, and is made anew."""
    try:
        said = [r for part in parts(lake, LEDGER, day, source) for r in _read(lake, day, part)]
    except LakeError:
        return False
    return any(r["outcome"] == "captured" for r in said)


def _read(lake: Lake, day: date, part: str) -> list[Row]:
    rows: list[Row] = read_file(LEDGER, lake.path(LEDGER, day, part)).to_pylist()
    return rows


def _is_useful(day: date, source: Source, asked: list[Row]) -> bool:
    """Whether the day's articles are there, or a listing has said that there are none."""
    if source.content == "feed":
        return any(f["outcome"] == "stored" for f in asked if f["role"] == "listing")
    pages = [f for f in asked if f["role"] == "page" and not f["after_days"] and not is_older(f, day)]
    if pages:
        return any(f["outcome"] == "stored" for f in pages)
    if any(f["role"] == "archive" and f["outcome"] == "failed" for f in asked):
        return False
    # A row with a reason was made anew from the bytes: what came of the pages that it named is not known any more.
    listings = last_listings(asked)
    return bool(listings) and all(f["outcome"] in {"stored", "unchanged"} and f["reason"] is None for f in listings)


def last_listings(asked: list[Row]) -> list[Row]:
    """How the listings ended that the last visit which had any asked for."""
    listings = [f for f in asked if f["role"] == "listing" and f["captured_at"]]
    last = max((f["captured_at"] for f in listings), default=None)
    return [f for f in listings if f["captured_at"] == last]


def is_older(fetch: Row, day: date) -> bool:
    """Whether its listing says that a page was published before the day: it is then there for its corrections."""
    return fetch["listed_at"] is not None and fetch["listed_at"] < days.start(day)


def _first_reason(asked: list[Row]) -> str:
    reasons = (
        f"{f['url']}: {f['reason']}" for f in asked if f["reason"] and f["outcome"] in {"failed", "refused_by_robots"}
    )
    return next(reasons, "nothing usable was served")
