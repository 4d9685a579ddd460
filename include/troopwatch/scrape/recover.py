"""Rows for captures that have none: of a run that was killed before it wrote them, or whose rows were damaged."""

from datetime import date
from urllib.parse import urlsplit

from troopwatch import captures
from troopwatch.captures import Damage
from troopwatch.lake import Lake, LakeError, read_file
from troopwatch.scrape import ledger
from troopwatch.scrape.shelf import FETCHES, Rows, put_rows, warc_path
from troopwatch.sources import Sitemap, Source, Warc

FOUND = "its row was lost and made anew from the WARC file"


def recover(lake: Lake, day: date, source: Source) -> str | None:
    """Give every WARC file of the source's day readable rows; says so where there were damaged ones.

    The captured bytes stay as they are, so the same files always get the same rows.
    """
    _complete(lake, day, source)
    known = ledger.parts(lake, FETCHES, day, source.name)
    damaged = [part for part in known if not _is_readable(lake, day, part)]
    captured = ledger.of_source(warc_path(lake, day, "any").parent, source.name, ".warc.gz")
    for part in captured:
        if part not in known or part in damaged:
            lake.replace(FETCHES, day, _rows(lake, day, source, part), part=part)
    for part in set(damaged) - set(captured):
        lake.drop(FETCHES, day, part)
    return f"the rows of its fetches were damaged ({', '.join(damaged)})" if damaged else None


def _complete(lake: Lake, day: date, source: Source) -> None:
    """Finish what a killed run had all but finished: rows that wait for nothing but to be put in their place."""
    folder = warc_path(lake, day, "any").parent
    for path in [*folder.glob(f".{source.name}.rows"), *folder.glob(f".{source.name}@*.rows")]:
        part = path.name.removeprefix(".").removesuffix(".rows")
        if warc_path(lake, day, part).exists() and not lake.path(FETCHES, day, part).exists():
            put_rows(lake, day, part)
        else:
            path.unlink()


def _is_readable(lake: Lake, day: date, part: str) -> bool:
    try:
        read_file(FETCHES, lake.path(FETCHES, day, part))
    except LakeError:
        return False
    return True


def _rows(lake: Lake, day: date, source: Source, part: str) -> list[ledger.Row]:
    path = warc_path(lake, day, part)
    made = Rows(day, source.name, lake.relative(path))
    for item in captures.read(path):
        if isinstance(item, Damage):
            made.failed(item.url or "", _role(item.url or "", day, source), f"byte {item.offset}: {item.reason}")
        else:
            made.stored(item.url, _role(item.url, day, source), item, item.offset, reason=FOUND)
    return made.rows


def _role(url: str, day: date, source: Source) -> str:
    """What an address was asked for, as far as the address tells."""
    if isinstance(source, Warc):
        return "listing" if source.content == "feed" else "page"
    if urlsplit(url).path == "/robots.txt":
        return "robots"
    listings = {str(source.url)}
    if isinstance(source, Sitemap) and source.archive:
        listings.add(source.archive.format(day=day))
    return "listing" if source.content == "feed" or url in listings else "page"
