"""The ledger's row of a source and day, summed up from the rows of its addresses."""

from datetime import date
from pathlib import Path
from typing import Any

from troopwatch import days
from troopwatch.lake import Lake, LakeError, read_file
from troopwatch.sources import Source
from troopwatch.tables import LAKE, Table

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
        "requests": sum(f["outcome"] != "refused_by_robots" for f in asked),
        "responses": sum(f["outcome"] == "stored" for f in asked),
        "refused_by_robots": sum(f["outcome"] == "refused_by_robots" for f in asked),
        "failures": sum(f["outcome"] == "failed" for f in asked),
        "first_captured_at": min(times, default=None),
        "last_captured_at": max(times, default=None),
    }


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
    listings = [f for f in asked if f["role"] == "listing"]
    if source.content == "feed":
        return any(f["outcome"] == "stored" for f in listings)
    pages = [f for f in asked if f["role"] == "page" and not is_older(f, day)]
    if pages:
        return any(f["outcome"] == "stored" for f in pages)
    # A row with a reason was made anew from the bytes: what came of the pages that it named is not known any more.
    return bool(listings) and listings[-1]["outcome"] == "stored" and listings[-1]["reason"] is None


def is_older(fetch: Row, day: date) -> bool:
    """Whether its listing says that a page was published before the day: it is then there for its corrections."""
    return fetch["listed_at"] is not None and fetch["listed_at"] < days.start(day)


def _first_reason(asked: list[Row]) -> str:
    reasons = (f"{f['url']}: {f['reason']}" for f in asked if f["reason"] and f["outcome"] != "stored")
    return next(reasons, "nothing usable was served")
