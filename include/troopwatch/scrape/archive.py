"""Captures made elsewhere: the records of one day, copied byte for byte out of WARC files."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from troopwatch import captures, days
from troopwatch.captures import Damage, Record
from troopwatch.lake import Lake
from troopwatch.scrape.shelf import shelf
from troopwatch.sources import Warc


def copy(day: date, source: Warc, corpus: Path, lake: Lake) -> str | None:
    """Put the day's records on the lake's shelf; why there are none, if so."""
    found = [item for file in sorted(corpus.glob(source.files.format(day=day))) for item in _of_day(file, day)]
    if not found:
        return f"no capture of {day} in {source.files}" if corpus.is_dir() else f"there is no corpus folder {corpus}"
    role = "listing" if source.content == "feed" else "page"
    with shelf(lake, day, source.name, part=source.name) as kept:
        for item in found:
            if isinstance(item, Damage):
                kept.failed(item.url or "", role, item.reason)
            else:
                kept.keep(role, item)
    return None


def _of_day(file: Path, day: date) -> Iterator[Record | Damage]:
    """The file's records of that UTC day; damage has no day, so every day that the file may hold hears of it."""
    for item in captures.read(file):
        if isinstance(item, Damage):
            yield Damage(item.offset, f"{file.name} at byte {item.offset}: {item.reason}", item.url)
        elif days.of(item.captured_at) == day:
            yield item
