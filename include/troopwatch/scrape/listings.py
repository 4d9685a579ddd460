"""What a feed or a news sitemap lists: addresses with their times of publication."""

from calendar import timegm
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO

import feedparser
from lxml import etree

from troopwatch.scrape import addresses

MAX_ITEMS = 20_000
"""Items that are read of one listing."""


class ListingError(ValueError):
    """What was served is no feed and no sitemap."""


@dataclass(frozen=True)
class Item:
    url: str
    published_at: datetime | None


def read(kind: str, body: bytes) -> list[Item]:
    """The items of a `feed` or `sitemap` in their order, each address once. Raises ListingError."""
    try:
        found = _feed(body) if kind == "feed" else _sitemap(body)
    except ListingError:
        raise
    except Exception as error:  # whatever a library trips over in a hostile listing
        raise ListingError(f"it cannot be read: {type(error).__name__}: {error}"[:500]) from error
    unique = {item.url: item for item in reversed(found) if item.url.lower().startswith(("http://", "https://"))}
    return list(reversed(unique.values()))


def _item(link: str, published_at: datetime | None) -> Item:
    """An item, also where its link is no address: asking for it will say so in a row of its own."""
    try:
        return Item(addresses.clean(link), published_at)
    except ValueError:
        return Item(addresses.shown(link), published_at)


def _feed(body: bytes) -> list[Item]:
    parsed = feedparser.parse(BytesIO(body))  # never the bytes themselves: a name among them would be opened
    if not parsed.get("version"):
        raise ListingError("it is neither RSS nor Atom")
    return [_item(entry.get("link", ""), _feed_time(entry)) for entry in parsed.entries[:MAX_ITEMS]]


def _feed_time(entry: feedparser.FeedParserDict) -> datetime | None:
    parsed = entry.get("published_parsed") or entry.get("updated_parsed")
    try:
        return datetime.fromtimestamp(timegm(parsed), UTC) if parsed else None
    except (ValueError, OverflowError):  # the year 0 or 10000, which an offset can lead to
        return None


def _sitemap(body: bytes) -> list[Item]:
    items: list[Item] = []
    try:
        for _, element in etree.iterparse(BytesIO(body), resolve_entities=False, no_network=True, huge_tree=False):
            name = etree.QName(element).localname
            if name == "sitemapindex":
                raise ListingError("it is an index of sitemaps: name the sitemap itself")
            if name == "url" and len(items) < MAX_ITEMS:
                items.append(sitemap_item(element))
                element.clear()
    except etree.XMLSyntaxError as error:
        raise ListingError(f"it is no well-formed sitemap: {error}") from error
    return items


def sitemap_item(element: etree._Element) -> Item:
    words = {etree.QName(e).localname: (e.text or "").strip() for e in element.iter() if isinstance(e.tag, str)}
    return _item(words.get("loc", ""), _sitemap_time(words.get("publication_date") or words.get("lastmod")))


def _sitemap_time(words: str | None) -> datetime | None:
    try:
        when = datetime.fromisoformat(words) if words else None
        return when.replace(tzinfo=when.tzinfo or UTC).astimezone(UTC) if when else None
    except (ValueError, OverflowError):
        return None
