"""A collection of WARC files with a dated listing, as Common Crawl's CC-NEWS: those of a day, one after the other.

A file is fetched into a temporary place, or read where it lies; its records of the day are copied, and it is let go.
"""

import asyncio
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from hashlib import file_digest
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO
from urllib.parse import urljoin

import aiohttp

from troopwatch import days, responses
from troopwatch.captures import Record
from troopwatch.scrape import archive, listings
from troopwatch.scrape.ledger import Row
from troopwatch.scrape.live import kind_of
from troopwatch.scrape.plan import Errand
from troopwatch.scrape.robots import Robots
from troopwatch.scrape.shelf import ROBOTS_REASON, Shelf
from troopwatch.scrape.web import FetchError, Web
from troopwatch.settings import Settings
from troopwatch.sources import Warc, dated, is_address

DEADLINE = 3000.0
"""Seconds for all files of a day; what is not reached is taken by a later run."""
FILE_DEADLINE = 900.0
"""Seconds for one file."""
_STAMP = re.compile(r"(?<!\d)(\d{14})(?!\d)")


def named(text: str, day: date) -> list[str]:
    """The files of a day in a listing: those that begin on it, and the last before, which may reach into it."""
    stamped = sorted((begins, line) for line in text.split() if (begins := _begins(line)))
    before = [line for begins, line in stamped if begins < days.start(day)]
    return before[-1:] + [line for begins, line in stamped if days.of(begins) == day]


def _begins(name: str) -> datetime | None:
    """The time in a file's name, or None where there is none."""
    found = _STAMP.search(name.rpartition("/")[2])
    try:
        return datetime.strptime(found[1], "%Y%m%d%H%M%S").replace(tzinfo=UTC) if found else None
    except ValueError:
        return None


class Collection:
    """One visit of a collection for a day; `asked` are the fetches that visits before it have left."""

    def __init__(self, day: date, source: Warc, settings: Settings, asked: list[Row], kept: Shelf) -> None:
        self.day, self.source, self.settings, self.kept = day, source, settings, kept
        self.listing = dated(source.listing or "", day)
        self.done = {f["url"] for f in asked if f["role"] == "archive" and f["outcome"] == "copied"}
        self.known = {(f["final_url"] or f["url"], f["captured_at"]) for f in asked if f["outcome"] == "stored"}
        self.left: list[str] = []

    async def capture(self, now: datetime) -> None:
        """Copy what the listing names for the day; whatever fails leaves a row, and is never raised."""
        async with Web(self.settings, now) as web:
            self.web = web
            self.robots = Robots(web, keep=lambda url, record: self.kept.keep(Errand("robots", url), record))
            try:
                async with asyncio.timeout(DEADLINE):
                    await self.all()
            except TimeoutError:
                for place in self.left:
                    self.kept.failed(Errand("archive", place), "limit", f"not reached within {DEADLINE:g} seconds")

    async def all(self) -> None:
        """The listing first, then its files of the day that no visit has copied."""
        text = await self.listed()
        found = [self.place(name) for name in named(text, self.day)]
        if text and not found:
            self.kept.failed(Errand("listing", self.listing), "content", f"it names no WARC file of {self.day}")
        places = [place for place in found if place not in self.done]
        self.left = places[: self.source.most_files]
        for place in places[self.source.most_files :]:
            most = f"only {self.source.most_files} files are read for a day"
            self.kept.failed(Errand("archive", place), "limit", most)
        while self.left:
            await self.take(self.left[0])
            del self.left[0]

    def place(self, name: str) -> str:
        """Where a file of the listing lies: an address, or a path in the corpus folder."""
        root = self.source.root or (urljoin(self.listing, "/") if is_address(self.listing) else "")
        return urljoin(root, name) if is_address(root) else (Path(root) / name).as_posix()

    async def listed(self) -> str:
        """The listing as text; an empty one where it cannot be had, which leaves a row."""
        errand = Errand("listing", self.listing)
        try:
            body = await self.fetched(errand) if is_address(self.listing) else self.path(self.listing).read_bytes()
            return listings.unpacked(body).decode("utf-8", "replace")
        except FetchError as error:
            self.kept.failed(errand, kind_of(error), str(error), error.status)
        except (listings.ListingError, responses.UnreadableResponseError, OSError) as error:
            self.kept.failed(errand, "content", str(error))
        return ""

    async def fetched(self, errand: Errand) -> bytes:
        found = await self.web.hop(errand.url, pause=await self.polite(errand.url))
        if not isinstance(found, Record):
            raise FetchError(f"it has moved to {found}: name that in the spec")
        return responses.of(self.kept.keep(errand, found)).body

    async def polite(self, url: str) -> float:
        """The pause that the host asks for. Raises FetchError where its robots.txt forbids the address."""
        if not await self.robots.allow(url):
            raise FetchError(ROBOTS_REASON)
        return await self.robots.pause(url)

    async def take(self, place: str) -> None:
        """Copy a file's records of the day."""
        errand = Errand("archive", place)
        try:
            with self.opened(place) as file:
                if is_address(place):
                    await self.save(place, file)
                path = Path(file.name)
                archive.take(self.kept, path, self.day, self.source, self.known)
                with path.open("rb") as whole:
                    self.kept.copied(errand, path.stat().st_size, file_digest(whole, "sha256").hexdigest())
        except FetchError as error:
            self.kept.failed(errand, kind_of(error), str(error), error.status)
        except (OSError, ValueError) as error:
            self.kept.failed(errand, "content", f"{type(error).__name__}: {error}")

    @contextmanager
    def opened(self, place: str) -> Iterator[IO[bytes]]:
        """The file where it lies, or an empty one for what is to be fetched, which is removed at the end."""
        if not is_address(place):
            with self.path(place).open("rb") as file:
                yield file
            return
        folder = self.settings.data / "scrape" / "captures"
        with NamedTemporaryFile(dir=folder, prefix=".collection.", suffix=".tmp") as file:
            yield file

    def path(self, place: str) -> Path:
        """A place in the corpus folder. Raises ValueError for one outside."""
        found = (self.settings.corpus / place).resolve()
        if not found.is_relative_to(self.settings.corpus.resolve()):
            raise ValueError(f"{place} is not in the corpus folder")
        return found

    async def save(self, url: str, file: IO[bytes]) -> None:
        """Write what an address serves to a file. Raises FetchError."""
        most = self.source.largest * 1_000_000
        pause = await self.polite(url)
        try:
            async with self.web.download(url, pause, FILE_DEADLINE) as response:
                if response.status != 200 or response.headers.get("Content-Encoding", "identity") != "identity":
                    raise FetchError(f"HTTP {response.status}, or not as it is stored", response.status)
                async for chunk in response.content.iter_chunked(1 << 16):
                    if file.write(chunk) and file.tell() > most:
                        raise FetchError(f"it is larger than {self.source.largest} MB")
            file.flush()
        except TimeoutError as error:
            raise FetchError(f"no complete file within {FILE_DEADLINE:.0f} seconds") from error
        except aiohttp.ClientError as error:
            raise FetchError(f"{type(error).__name__}: {error}") from error
