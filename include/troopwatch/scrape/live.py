"""A live source: its listing first, then the pages that the listing names for the day, one request at a time."""

import asyncio
from collections import deque
from datetime import datetime

import aiohttp

from troopwatch import days, responses
from troopwatch.captures import Record
from troopwatch.days import can_be_asked_now
from troopwatch.lake import LakeError
from troopwatch.scrape import indexes, listings
from troopwatch.scrape.earlier import NOTHING, Earlier
from troopwatch.scrape.listings import Item
from troopwatch.scrape.plan import Errand, Plan
from troopwatch.scrape.robots import Robots
from troopwatch.scrape.shelf import ROBOTS_REASON, Shelf
from troopwatch.scrape.web import MAX_REDIRECTS, FetchError, Web, check
from troopwatch.settings import Settings
from troopwatch.sources import Feed, Sitemap

DEADLINE = 900.0
"""Seconds that one visit of a source may take in all; what was captured by then is kept."""
MAX_PAGES = 1000
"""Pages asked for in one visit; a listing that names more is broken or hostile."""
NOT_THERE = frozenset({404, 410})
UNCHANGED = 304


class ForbiddenError(Exception):
    """An address that robots.txt forbids."""


async def capture(source: Feed | Sitemap, plan: Plan, settings: Settings, now: datetime, kept: Shelf) -> None:
    """Fetch what is planned and put on the shelf whatever it led to; what fails is noted there, never raised."""
    async with Web(settings, now) as web:
        visit = Visit(source, plan, web, kept, Earlier(settings.data, plan.known))
        try:
            async with asyncio.timeout(DEADLINE):
                await visit.all()
        except TimeoutError:
            visit.give_up("limit", f"not reached within {DEADLINE:g} seconds")
        except LakeError:
            raise
        except Exception as error:  # whatever a library trips over: it costs this source, and no other
            visit.to_ask = visit.to_ask or deque([Errand("listing", visit.listing_url())])
            visit.give_up("content", f"the visit broke off: {type(error).__name__}: {error}"[:500])


class Visit:
    """One visit of one source."""

    def __init__(self, source: Feed | Sitemap, plan: Plan, web: Web, kept: Shelf, earlier: Earlier = NOTHING) -> None:
        self.source, self.day, self.plan, self.web, self.kept = source, plan.day, plan, web, kept
        self.earlier = earlier
        web.conditions = earlier.conditions
        self.robots = Robots(web, keep=lambda url, record: kept.keep(Errand("robots", url), record))
        self.is_past = not can_be_asked_now(self.day, web.now)
        self.to_ask: deque[Errand] = deque()

    async def all(self) -> None:
        """The listings, and then the pages of the day that they name."""
        named = await self.listed() if self.plan.listing else []
        self.to_ask = deque(self.wanted(named))
        for _ in range(min(len(self.to_ask), MAX_PAGES)):
            await self.ask_next()
        self.give_up("limit", f"the listing names more than {MAX_PAGES} pages")

    def give_up(self, kind: str, reason: str) -> None:
        """Note all that was not asked for, so that another run of the day knows of it."""
        for errand in self.to_ask:
            self.kept.failed(errand, kind, reason)

    async def listed(self) -> list[Item]:
        """The items of the source's listing, and of the sitemaps that it leads to where it is an index of such.

        A feed that carries the texts itself is only stored: what can be read of it is normalize's to say.
        """
        self.to_ask = deque([Errand("listing", self.listing_url())])
        bounds = indexes.Bounds(self.listing_url())
        items: list[Item] = []
        while self.to_ask:
            errand = self.to_ask[0]
            record = await self.ask_next()
            items += self.read(errand, record, bounds) if record and self.source.content == "page" else []
        return items

    def listing_url(self) -> str:
        """The archive for a past day; while the day can still be asked for, what shows corrections too."""
        if isinstance(self.source, Sitemap) and self.is_past:
            return self.source.archive_of(self.day) or str(self.source.url)
        return str(self.source.url)

    def read(self, errand: Errand, record: Record, bounds: indexes.Bounds) -> list[Item]:
        """The listing's items; the sitemaps that an index names are asked for next, within bounds."""
        try:
            listing = listings.read(self.source.kind, responses.of(record).body)
        except (listings.ListingError, responses.UnreadableResponseError) as error:
            self.kept.failed(errand, "content", str(error))
            return []
        if listing.is_index:
            self.add(bounds.take(errand.url, listing.items, self.plan.since), bounds)
            return []
        return self.of_the_day(listing.items)

    def add(self, urls: list[str], bounds: indexes.Bounds) -> None:
        self.to_ask.extend(Errand("listing", url) for url in urls)
        for url, reason in bounds.refused():
            self.kept.failed(Errand("listing", url), "limit", reason)

    def of_the_day(self, items: list[Item]) -> list[Item]:
        """The items that the day may hold; what was published later waits for its own day."""
        first, last = self.plan.since, days.end(self.day)
        is_a_month = isinstance(self.source, Sitemap) and self.is_past and not self.source.has_daily_archive
        return [i for i in items if (first <= i.published_at < last if i.published_at else not is_a_month)]

    def wanted(self, items: list[Item]) -> list[Errand]:
        """Each once and none that is done; pages of the day before, and those to be seen again, come last."""
        known = self.plan.done | self.plan.seen
        fresh = (Errand.page(item) for item in items if item.url not in known)
        once: dict[str, Errand] = {}
        for errand in [*fresh, *self.plan.again]:
            once.setdefault(errand.url, errand)
        return sorted(once.values(), key=lambda e: (bool(e.after_days), self.is_older(e)))

    def is_older(self, errand: Errand) -> bool:
        return errand.listed_at is not None and errand.listed_at < days.start(self.day)

    async def ask_next(self) -> Record | None:
        """Fetch an address; whatever happens leaves a row, and only then it counts as asked for."""
        errand = self.to_ask[0]
        record = None
        try:
            record = self.kept.keep(errand, await self.follow(errand.url))
        except ForbiddenError as error:
            self.kept.refused(errand, str(error))
        except FetchError as error:
            record = self.failed(errand, error)
        except ValueError as error:  # an address that a library trips over
            self.kept.failed(errand, "content", f"{type(error).__name__}: {error}")
        self.to_ask.popleft()
        return record

    def failed(self, errand: Errand, error: FetchError) -> Record | None:
        """Note what a request ended as that brought no response; the earlier capture where that still stands."""
        before = self.earlier.row(errand.url)
        if before and error.status == UNCHANGED:
            self.kept.unchanged(errand, before)
            return self.earlier.record(errand.url)
        if before and errand.role == "page" and error.status in NOT_THERE:
            self.kept.gone(errand, str(error), error.status)
        else:
            self.kept.failed(errand, kind_of(error), str(error), error.status)
        return None

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


def kind_of(error: FetchError) -> str:
    """The kind of failure, a value of fetches.failure."""
    if error.status is not None and error.status != 200:
        return "http"
    if isinstance(error.__cause__, TimeoutError):
        return "timeout"
    return "connection" if isinstance(error.__cause__, aiohttp.ClientError | OSError) else "content"
