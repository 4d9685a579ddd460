"""Rows for captures that have none: of a run that was killed before it wrote them, or whose rows were damaged."""

from datetime import date
from urllib.parse import urlsplit

from troopwatch import captures
from troopwatch.captures import Damage
from troopwatch.lake import Lake, LakeError, read_file
from troopwatch.scrape import journal, ledger
from troopwatch.scrape.plan import Errand
from troopwatch.scrape.shelf import FETCHES, Rows, journal_path, put_rows, warc_path
from troopwatch.sources import Sitemap, Source, Warc, dated

FOUND = "its row was lost and made anew from the WARC file"
CUT_SHORT = "its visit was cut short"


def recover(lake: Lake, day: date, source: Source) -> str | None:
    """Give every WARC file of the source's day readable rows; says so where there were damaged ones.

    The captured bytes stay as they are, so the same files always get the same rows.
    """
    _complete(lake, day, source)
    _salvage(lake, day, source)
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


def _salvage(lake: Lake, day: date, source: Source) -> None:
    """Give the visits of killed processes the rows that their journals hold, and their WARC files a clean end."""
    folder = warc_path(lake, day, "any").parent
    for path in sorted(folder.glob(f".{source.name}@*.journal")):
        part = path.name.removeprefix(".").removesuffix(".journal")
        if not lake.path(FETCHES, day, part).exists():
            lake.replace(FETCHES, day, _salvaged(lake, day, source, part), part=part)
        path.unlink()


def _salvaged(lake: Lake, day: date, source: Source, part: str) -> list[ledger.Row]:
    """The rows of a visit that was cut short. Its listings say so: pages that they name may not have been asked for."""
    file = warc_path(lake, day, part)
    captures.mend(file)
    size = file.stat().st_size
    noted = [
        r for r in journal.read(journal_path(lake, day, part)) if r["outcome"] != "stored" or r["warc_offset"] < size
    ]
    places = {r["warc_offset"] for r in noted if r["outcome"] == "stored"}
    rows = noted + [r for r in _rows(lake, day, source, part) if r["warc_offset"] not in places]
    if journal.is_ended(journal_path(lake, day, part)) and len(rows) == len(noted):
        return rows
    return [r | {"reason": r["reason"] or CUT_SHORT} if r["role"] == "listing" else r for r in rows]


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
            made.failed(_errand(item.url or "", day, source), "content", f"byte {item.offset}: {item.reason}")
        else:
            made.stored(_errand(item.url, day, source), item, item.offset, reason=FOUND)
    return made.rows


def _errand(url: str, day: date, source: Source) -> Errand:
    role = _role(url, day, source)
    return Errand(role, url, after_days=0 if role == "page" else None)


def _role(url: str, day: date, source: Source) -> str:
    """What an address was asked for, as far as the address tells."""
    if isinstance(source, Warc) and source.listing and url == dated(source.listing, day):
        return "listing"
    if isinstance(source, Warc) and not (source.listing and urlsplit(url).path == "/robots.txt"):
        return "listing" if source.content == "feed" else "page"
    if urlsplit(url).path == "/robots.txt":
        return "robots"
    listings = {
        None if isinstance(source, Warc) else str(source.url),
        source.archive_of(day) if isinstance(source, Sitemap) else None,
    }
    return "listing" if source.content == "feed" or url in listings else "page"
