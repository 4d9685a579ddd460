"""Captures made elsewhere: the records of one day, copied byte for byte out of WARC files."""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from troopwatch import captures, days
from troopwatch.captures import Damage, Record
from troopwatch.lake import Lake
from troopwatch.scrape import ledger
from troopwatch.scrape.plan import Errand
from troopwatch.scrape.shelf import FETCHES, Rows, shelf, warc_path
from troopwatch.sources import Warc, dated


def copy(day: date, source: Warc, corpus: Path, lake: Lake) -> str | None:
    """Put the day's records on the lake's shelf; why there are none, if so.

    A corpus that was damaged or thinned out since an earlier run takes nothing away: what the shelf holds stays.
    """
    found = [item for file in sorted(corpus.glob(dated(source.files, day))) for item in _of_day(file, day)]
    if not found:
        return f"no capture of {day} in {source.files}" if corpus.is_dir() else f"there is no corpus folder {corpus}"
    good, held = _good(found), _held(lake, day, source)
    if good < held:
        _keep(lake, day, source, found, f"{good} captures of the day are left in {source.files}: the {held} here stay")
        return None
    with shelf(lake, day, source.name, part=source.name) as kept:
        for item in found:
            if isinstance(item, Damage):
                kept.failed(_errand(source, item.url), "content", item.reason)
            else:
                kept.keep(_errand(source, item.url), item)
    return None


def _errand(source: Warc, url: str | None = None) -> Errand:
    """What a record counts as having been asked for."""
    return Errand("listing", url or "") if source.content == "feed" else Errand("page", url or "", after_days=0)


def _good(found: Iterable[Record | Damage]) -> int:
    return sum(isinstance(item, Record) for item in found)


def _held(lake: Lake, day: date, source: Warc) -> int:
    """How many good records the shelf of an earlier run holds."""
    path = warc_path(lake, day, source.name)
    return _good(captures.read(path)) if path.exists() else 0


def _keep(lake: Lake, day: date, source: Warc, found: Iterable[Record | Damage], reason: str) -> None:
    """Leave the captures of an earlier run and their rows as they are, with rows that say what is wrong now."""
    said = Rows(day, source.name, "")
    said.failed(_errand(source), "content", reason)
    for item in found:
        if isinstance(item, Damage):
            said.failed(_errand(source, item.url), "content", item.reason)
    stored = [row for row in ledger.fetches(lake, day, source.name) if row["outcome"] == "stored"]
    lake.replace(FETCHES, day, stored + said.rows, part=source.name)


def _of_day(file: Path, day: date) -> Iterator[Record | Damage]:
    """The file's records of that UTC day; damage has no day, so every day that the file may hold hears of it."""
    for item in captures.read(file):
        if isinstance(item, Damage):
            yield Damage(item.offset, f"{file.name} at byte {item.offset}: {item.reason}", item.url)
        elif days.of(item.captured_at) == day:
            yield item
