"""A live source: its listing first, then the pages that the listing names for the day, one request at a time."""

import asyncio
from datetime import datetime

from troopwatch import captures, days
from troopwatch.captures import Record
from troopwatch.days import can_be_asked_now
from troopwatch.scrape import listings
from troopwatch.scrape.listings import Item
from troopwatch.scrape.plan import Plan
from troopwatch.scrape.robots import Robots
from troopwatch.scrape.shelf import ROBOTS_REASON, Shelf
from troopwatch.scrape.web import MAX_REDIRECTS, FetchError, Web, check
from troopwatch.settings import Settings
from troopwatch.sources import Feed, Sitemap

DEADLINE = 900.0
"""Seconds that one visit of a source may take in all; what was captured by then is kept."""
MAX_PAGES = 1000
"""Pages asked for in one visit; a listing that names more is broken or hostile."""


class ForbiddenError(Exception):
    """An address that robots.txt forbids."""


async def capture(source: Feed | Sitemap, plan: Plan, settings: Settings, now: datetime, kept: Shelf) -> None:
    """Fetch what is planned and put on the shelf whatever it led to; what fails is noted there, never raised."""
    async with Web(settings, now) as web:
        visit = Visit(source, plan, web, kept)
        try:
            async with asyncio.timeout(DEADLINE):
                await visit.all()
        except TimeoutError:
            visit.give_up(f"not reached within {DEADLINE:g} seconds")


class Visit:
    """One visit of one source."""

    def __init__(self, source: Feed | Sitemap, plan: Plan, web: Web, kept: Shelf) -> None:
        self.source, self.day, self.plan, self.web, self.kept = source, plan.day, plan, web, kept
        self.robots = Robots(web, keep=lambda url, record: kept.keep(url, "robots", record))
        self.to_ask: list[tuple[str, Item]] = []

    async def all(self) -> None:
        """The listing, and then its pages of the day where the listing does not carry the texts itself."""
        named: list[Item] = []
        if self.plan.listing:
            self.to_ask = [("listing", Item(self.listing_url(), None))]
            listing = await self.ask_next()
            named = self.named(listing) if listing and self.source.content == "page" else []
        self.to_ask = [("page", item) for item in self.wanted([*named, *self.plan.again])]
        for _ in range(min(len(self.to_ask), MAX_PAGES)):
            await self.ask_next()
        self.give_up(f"the listing names more than {MAX_PAGES} pages")

    def give_up(self, reason: str) -> None:
        """Note all that was not asked for, so that another run of the day knows of it."""
        for role, item in self.to_ask:
            self.kept.failed(item.url, role, reason, listed_at=item.published_at)

    def listing_url(self) -> str:
        """The archive for a past day; while the day can still be asked for, what shows corrections too."""
        if isinstance(self.source, Sitemap) and self.source.archive and not can_be_asked_now(self.day, self.web.now):
            return self.source.archive.format(day=self.day)
        return str(self.source.url)

    def named(self, listing: Record) -> list[Item]:
        """The listing's items that the day may hold; what was published later waits for its own day."""
        try:
            items = listings.read(self.source.kind, captures.response(listing).body)
        except (listings.ListingError, captures.UnreadableResponseError) as error:
            self.kept.failed(self.listing_url(), "listing", str(error))
            return []
        first, last = self.plan.since, days.end(self.day)
        return [i for i in items if i.published_at is None or first <= i.published_at < last]

    def wanted(self, items: list[Item]) -> list[Item]:
        """Each once and none that is done; pages of the day before, which its own run has seen, come last."""
        once: dict[str, Item] = {}
        for item in items:
            if item.url not in self.plan.done:
                once.setdefault(item.url, item)
        return sorted(once.values(), key=self.is_older)

    def is_older(self, item: Item) -> bool:
        return item.published_at is not None and item.published_at < days.start(self.day)

    async def ask_next(self) -> Record | None:
        """Fetch an address; whatever happens leaves a row, and only then it counts as asked for."""
        role, item = self.to_ask[0]
        record = None
        try:
            record = self.kept.keep(item.url, role, await self.follow(item.url), item.published_at)
        except ForbiddenError as error:
            self.kept.refused(item.url, role, str(error), item.published_at)
        except FetchError as error:
            self.kept.failed(item.url, role, str(error), status=error.status, listed_at=item.published_at)
        except ValueError as error:  # an address that a library trips over
            self.kept.failed(item.url, role, f"{type(error).__name__}: {error}", listed_at=item.published_at)
        del self.to_ask[0]
        return record

    async def follow(self, url: str) -> Record:
        """The response an address leads to, robots.txt asked at every hop. Raises FetchError and ForbiddenError."""
        at = url
        for _ in range(MAX_REDIRECTS + 1):
            check(at)
            if not await self.robots.allow(at):
                raise ForbiddenError(ROBOTS_REASON if at == url else f"it leads to {at}, which robots.txt forbids")
            found = await self.web.hop(at, pause=await self.robots.pause(at))
            if isinstance(found, Record):
                return found
            at = found
        raise FetchError(f"more than {MAX_REDIRECTS} redirects")
