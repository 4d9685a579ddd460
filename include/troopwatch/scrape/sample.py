"""A taste of a live source: its listing and a few of its pages, with the manners of any visit, and nothing kept."""

import asyncio
from collections import deque
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from io import BytesIO

from troopwatch import days, responses
from troopwatch.captures import Record, Writer
from troopwatch.scrape import indexes, listings
from troopwatch.scrape.ledger import Row
from troopwatch.scrape.listings import Item
from troopwatch.scrape.live import Visit
from troopwatch.scrape.plan import Errand, Plan
from troopwatch.scrape.shelf import Shelf
from troopwatch.scrape.web import Web
from troopwatch.settings import Settings
from troopwatch.sources import Feed, Sitemap

DEADLINE = 180.0
"""Seconds for one source in all: its robots.txt, its listing and a few pages."""
RECENT = timedelta(days=7)
"""Sitemaps of an index that changed longer ago are not looked into."""
SITEMAPS = 3
"""How many sitemaps of indexes are looked into."""


@dataclass(frozen=True)
class Answer:
    """What one address led to: its row as `fetches` would have it, and the response where there is one."""

    row: Row
    record: Record | None


@dataclass
class Sample:
    """What came of a source; `broken` says why its listing cannot be used."""

    has_robots: bool = False
    listing: Answer | None = None
    items: list[Item] = field(default_factory=list)
    pages: list[Answer] = field(default_factory=list)
    broken: str | None = None


async def take(source: Feed | Sitemap, settings: Settings, now: datetime, pages: int) -> Sample:
    """Ask the source at `now` for its listing and for its newest `pages`; what fails is in the sample, never raised."""
    found, day = Sample(), days.of(now)
    kept = Shelf(day, source.name, "", Writer(BytesIO()))
    async with Web(settings, now) as web:
        visit = Visit(source, Plan(day, now - RECENT), web, kept)
        try:
            async with asyncio.timeout(DEADLINE):
                await _fill(found, visit, pages)
        except TimeoutError:
            if not found.pages:
                found.broken = f"no {'page' if found.listing else 'listing'} within {DEADLINE:g} seconds"
    found.has_robots = any(row["role"] == "robots" for row in kept.rows)
    return found


async def _fill(found: Sample, visit: Visit, pages: int) -> None:
    found.listing = await _ask(visit, Errand("listing", str(visit.source.url)))
    if found.listing.record is None:
        found.broken = found.listing.row["reason"]
        return
    try:
        found.items = await _items(visit, found.listing)
    except (listings.ListingError, responses.UnreadableResponseError) as error:
        found.broken = str(error)
    if visit.source.content == "page":
        for item in sorted(found.items, key=_newest_first)[:pages]:
            found.pages.append(await _ask(visit, Errand.page(item)))


async def _items(visit: Visit, listing: Answer) -> list[Item]:
    """What a listing names; of indexes of sitemaps, what the first few name that a run would ask."""
    bounds, left = indexes.Bounds(listing.row["url"]), SITEMAPS
    answers, items = deque([listing]), list[Item]()
    while answers:
        answer = answers.popleft()
        if answer.record is None:
            continue
        named = listings.read(visit.source.kind, responses.of(answer.record).body)
        inner = bounds.take(answer.row["url"], named.items, visit.plan.since)[:left] if named.is_index else []
        left -= len(inner)
        answers.extend([await _ask(visit, Errand("listing", url)) for url in inner])
        items += [] if named.is_index else named.items
    return items


def _newest_first(item: Item) -> float:
    """Undated items come last, in the order of the listing."""
    return -(item.published_at or datetime(1, 1, 1, tzinfo=UTC)).timestamp()


async def _ask(visit: Visit, errand: Errand) -> Answer:
    visit.to_ask = deque([errand])
    record = await visit.ask_next()
    return Answer(visit.kept.rows[-1], record)
