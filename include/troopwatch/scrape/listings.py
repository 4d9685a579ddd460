"""What a feed or a news sitemap lists: addresses with their times of publication."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from lxml import etree

from troopwatch import encoding, syndicated
from troopwatch.scrape import addresses
from troopwatch.syndicated import name

_LONGEST_DATE = 100
_DATES = ("pubDate", "published", "date", "issued", "updated", "modified")
"""Elements with an item's time of publication, and, failing that, of its last change."""


class ListingError(ValueError):
    """What was served is no feed and no sitemap, or one that no reader can be asked to read."""


@dataclass(frozen=True)
class Item:
    url: str
    published_at: datetime | None


def read(kind: str, body: bytes) -> list[Item]:
    """The items of a `feed` or `sitemap` in their order, each address once. Raises ListingError.

    A listing above a limit is refused whole: a part of it would pass for all that there is.
    """
    words = encoding.decode(body)
    try:
        found = list(_feed(words) if kind == "feed" else _sitemap(words))
    except syndicated.SyndicatedError as error:
        raise ListingError(str(error)) from error
    unique = {item.url: item for item in reversed(found) if item.url.lower().startswith(("http://", "https://"))}
    return list(reversed(unique.values()))


def _item(link: str, published_at: datetime | None) -> Item:
    """An item, also where its link is no address: asking for it will say so in a row of its own."""
    try:
        return Item(addresses.clean(link), published_at)
    except ValueError:
        return Item(addresses.shown(link), published_at)


def _feed(words: str) -> Iterator[Item]:
    for element in syndicated.items(words):
        yield _item(syndicated.link(element), _feed_time(element))


def _sitemap(words: str) -> Iterator[Item]:
    for element in syndicated.elements(words, {"url", "sitemapindex"}):
        if name(element) == "sitemapindex":
            raise ListingError("it is an index of sitemaps: name the sitemap itself")
        yield sitemap_item(element)


def _feed_time(item: etree._Element) -> datetime | None:
    said = {name(each): each.text for each in item}
    return next((when for key in _DATES if (when := _time(said.get(key)))), None)


def sitemap_item(element: etree._Element) -> Item:
    words = {name(each): (each.text or "").strip() for each in element.iter() if isinstance(each.tag, str)}
    return _item(words.get("loc", ""), _time(words.get("publication_date") or words.get("lastmod")))


def _time(words: str | None) -> datetime | None:
    """A time as RSS (RFC 2822) or the others (ISO 8601) write it, in UTC where it does not say; None for any other."""
    plain = (words or "").strip()[:_LONGEST_DATE]
    for read_as in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            when = read_as(plain)
            return when.replace(tzinfo=when.tzinfo or UTC).astimezone(UTC)
        except (ValueError, OverflowError, IndexError, TypeError):
            continue
    return None
