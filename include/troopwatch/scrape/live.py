"""A live source: its listing first, then the pages that the listing names for the day, one request at a time."""

import asyncio
from datetime import date, datetime, timedelta

from troopwatch import captures, days
from troopwatch.captures import Record
from troopwatch.days import can_be_asked_now
from troopwatch.scrape import listings
from troopwatch.scrape.listings import Item
from troopwatch.scrape.robots import Robots
from troopwatch.scrape.shelf import Shelf
from troopwatch.scrape.web import FetchError, Web
from troopwatch.settings import Settings
from troopwatch.sources import Feed, Sitemap

DEADLINE = 900.0
"""Seconds that one poll of a source may take in all; what was captured by then is kept."""
LOOK_BACK = timedelta(days=1)
"""Pages of the day before are fetched once more: late items and corrections show there."""
MAX_PAGES = 1000
"""Pages asked for in one poll; a listing that names more is broken or hostile."""


async def capture(source: Feed | Sitemap, day: date, settings: Settings, now: datetime, kept: Shelf) -> None:
    """Fetch a source for the day and put on the shelf whatever it led to; what fails is noted there, never raised."""
    async with Web(settings, now) as web:
        try:
            async with asyncio.timeout(DEADLINE):
                await Visit(source, day, web, kept).all()
        except TimeoutError:
            kept.failed(str(source.url), "listing", f"not done after {DEADLINE:.0f} seconds")


class Visit:
    """One poll of one source."""

    def __init__(self, source: Feed | Sitemap, day: date, web: Web, kept: Shelf) -> None:
        self.source, self.day, self.web, self.kept = source, day, web, kept
        self.robots = Robots(web, keep=lambda record: kept.keep("robots", record))

    async def all(self) -> None:
        """The listing, and then its pages of the day where the listing does not carry the texts itself."""
        listing = await self.ask(self.listing_url(), "listing")
        if listing is None or self.source.content == "feed":
            return
        for number, item in enumerate(self.wanted(listing)):
            if number < MAX_PAGES:
                await self.ask(item.url, "page", item.published_at)
            else:
                self.kept.failed(item.url, "page", f"the listing names more than {MAX_PAGES} pages")

    def listing_url(self) -> str:
        """The archive for a past day; while the day can still be asked for, what shows corrections too."""
        if isinstance(self.source, Sitemap) and self.source.archive and not can_be_asked_now(self.day, self.web.now):
            return self.source.archive.format(day=self.day)
        return str(self.source.url)

    def wanted(self, listing: Record) -> list[Item]:
        """The items of the day and of the one before it; what was published later waits for its own day."""
        try:
            items = listings.read(self.source.kind, captures.response(listing).body)
        except (listings.ListingError, captures.UnreadableResponseError) as error:
            self.kept.failed(listing.url, "listing", str(error))
            return []
        first, last = days.start(self.day) - LOOK_BACK, days.end(self.day)
        return [i for i in items if i.published_at is None or first <= i.published_at < last]

    async def ask(self, url: str, role: str, listed_at: datetime | None = None) -> Record | None:
        """Fetch an address that robots.txt allows; whatever happens leaves a row."""
        try:
            if not await self.robots.allow(url):
                self.kept.refused(url, role)
                return None
            record = await self.web.get(url, pause=await self.robots.pause(url))
        except FetchError as error:
            self.kept.failed(url, role, str(error), error.status)
            return None
        return self.kept.keep(role, record, listed_at)
