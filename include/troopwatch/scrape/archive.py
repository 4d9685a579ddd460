"""Captures made elsewhere: the records of one day, copied byte for byte out of WARC files."""

from collections.abc import Collection, Iterator
from datetime import date, datetime
from pathlib import Path
from urllib.parse import urlsplit

from troopwatch import captures, days
from troopwatch.captures import Damage, Record
from troopwatch.lake import Lake
from troopwatch.scrape import ledger
from troopwatch.scrape.plan import Errand
from troopwatch.scrape.shelf import FETCHES, Rows, Shelf, shelf, warc_path
from troopwatch.sources import Warc, dated

Capture = tuple[str, datetime]
"""What a record is known by: its address and its time."""


class _FewerError(Exception):
    """The corpus holds less of the day than the shelf."""


def copy(day: date, source: Warc, corpus: Path, lake: Lake) -> str | None:
    """Put the day's records on the lake's shelf; why there are none, if so.

    A corpus that was damaged or thinned out since an earlier run takes nothing away: what the shelf holds stays.
    """
    files, held = dated(source.files or "", day), _held(lake, day, source)
    nothing = f"no capture of {day} in {files}" if corpus.is_dir() else f"there is no corpus folder {corpus}"
    try:
        with shelf(lake, day, source.name, part=source.name) as kept:
            for file in sorted(corpus.glob(files)):
                take(kept, file, day, source)
            if (good := kept.count("stored")) < held or not kept.rows:
                raise _FewerError
    except _FewerError:
        if kept.rows:
            _keep(
                lake, day, source, kept, f"{good} captures of the day are left in {source.files}: the {held} here stay"
            )
        return None if kept.rows else nothing
    return None


def take(kept: Shelf, file: Path, day: date, source: Warc, known: Collection[Capture] = ()) -> None:
    """Copy a WARC file's records of the day but for those that are `known`, one at a time, and note its damage."""
    for item in _of_day(file, day):
        if isinstance(item, Damage):
            kept.failed(_errand(source, item.url), "content", item.reason)
        elif (item.url, item.captured_at) not in known and _is_wanted(item.url, source):
            kept.keep(_errand(source, item.url), item)


def _is_wanted(url: str, source: Warc) -> bool:
    host = (urlsplit(url).hostname or "") if source.hosts else ""
    return not source.hosts or any(host == wanted or host.endswith(f".{wanted}") for wanted in source.hosts)


def _errand(source: Warc, url: str | None = None) -> Errand:
    """What a record counts as having been asked for."""
    return Errand("listing", url or "") if source.content == "feed" else Errand("page", url or "", after_days=0)


def _held(lake: Lake, day: date, source: Warc) -> int:
    """How many good records the shelf of an earlier run holds."""
    path = warc_path(lake, day, source.name)
    return sum(isinstance(item, Record) for item in captures.read(path)) if path.exists() else 0


def _keep(lake: Lake, day: date, source: Warc, found: Rows, reason: str) -> None:
    """Leave the captures of an earlier run and their rows as they are, with rows that say what is wrong now."""
    said = Rows(day, source.name, "")
    said.failed(_errand(source), "content", reason)
    damaged = [row for row in found.rows if row["outcome"] == "failed"]
    stored = [row for row in ledger.fetches(lake, day, source.name) if row["outcome"] == "stored"]
    lake.replace(FETCHES, day, stored + said.rows + damaged, part=source.name)


def _of_day(file: Path, day: date) -> Iterator[Record | Damage]:
    """The file's records of that UTC day; damage has no day, so every day that the file may hold hears of it."""
    for item in captures.read(file):
        if isinstance(item, Damage):
            yield Damage(item.offset, f"{file.name} at byte {item.offset}: {item.reason}", item.url)
        elif days.of(item.captured_at) == day:
            yield item
