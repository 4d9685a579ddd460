"""What a feed, a sitemap or an index of sitemaps lists: addresses with their times of publication or last change."""

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from lxml import etree

from troopwatch import encoding, syndicated
from troopwatch.responses import MAX_BODY
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


@dataclass(frozen=True)
class Listing:
    """What was served, in its order: pages, each address once, or the sitemaps of an index."""

    items: list[Item]
    is_index: bool = False


def read(kind: str, body: bytes) -> Listing:
    """What the body of a `feed` or `sitemap`, plain or a gzip file, names. Raises ListingError.

    A listing above a limit is refused whole: a part of it would pass for all that there is.
    """
    words = encoding.decode(unpacked(body))
    try:
        return Listing(_once(_feed(words))) if kind == "feed" else _sitemap(words)
    except syndicated.SyndicatedError as error:
        raise ListingError(str(error)) from error


def unpacked(body: bytes) -> bytes:
    """A listing that is served as a gzip file, unpacked. Raises ListingError where it is broken or too large."""
    if body[:2] != b"\x1f\x8b":
        return body
    member = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        made = member.decompress(body, MAX_BODY + 1)
    except zlib.error as error:
        raise ListingError(f"its gzip file is broken: {error}") from error
    if len(made) > MAX_BODY or not member.eof:
        raise ListingError(f"its gzip file breaks off, or is larger than {MAX_BODY} bytes")
    return made


def _once(found: Iterable[Item]) -> list[Item]:
    """What can be a page, each address where it stands first."""
    unique: dict[str, Item] = {}
    for item in found:
        if item.url.lower().startswith(("http://", "https://")):
            unique.setdefault(item.url, item)
    return list(unique.values())


def _item(link: str, published_at: datetime | None) -> Item:
    """An item, also where its link is no address: asking for it will say so in a row of its own."""
    try:
        return Item(addresses.clean(link), published_at)
    except ValueError:
        return Item(addresses.shown(link), published_at)


def _feed(words: str) -> Iterator[Item]:
    for element in syndicated.items(words):
        yield _item(syndicated.link(element), _feed_time(element))


def _sitemap(words: str) -> Listing:
    found: dict[str, list[Item]] = {"url": [], "sitemap": []}
    is_index = False
    for element in syndicated.elements(words, {*found, "sitemapindex"}):
        is_index = is_index or name(element) == "sitemapindex"
        if name(element) in found:
            found[name(element)].append(_sitemap_item(element))
    if is_index and found["url"]:
        raise ListingError("it is an index of sitemaps that names pages too")
    if is_index and not found["sitemap"]:
        raise ListingError("it is an index that names no sitemap")
    return Listing(found["sitemap"], is_index=True) if is_index else Listing(_once(found["url"]))


def _feed_time(item: etree._Element) -> datetime | None:
    said = {name(each): each.text for each in item}
    return next((when for key in _DATES if (when := _time(said.get(key)))), None)


def _sitemap_item(element: etree._Element) -> Item:
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
