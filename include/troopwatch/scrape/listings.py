"""What a feed or a news sitemap lists: addresses with their times of publication.

Feeds are read with lxml alone: feedparser, which the normalize stage reads whole texts with, takes hours for some feeds
of a few hundred kilobytes (attributes, authors), and the visit of a source has no process of its own to end.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from io import BytesIO
from typing import Any

from lxml import etree

from troopwatch.scrape import addresses

MAX_ITEMS = 50_000
"""Items of a listing that is read: the most that the protocol of sitemaps allows."""
MAX_NODES = 600_000
"""Elements and attributes of one: a dozen for each of that many items, and a tree of some 130 MB."""
LONGEST_TAG = 500_000
"""Bytes of one tag, whose attributes can be counted only when they are all in memory."""

_ENDLESS_TAG = re.compile(rb"<[^<>!][^<>]{%d}" % LONGEST_TAG)
_LINK = re.compile(rb"<(?:link|guid)\b[^<>]{0,200}>[^<]{1,8000}<")
_AMPERSAND = re.compile(rb"&(?:amp;|(?!#?\w{1,31};))")
"""In an address, as it should be written or bare; after its first error libxml2 leaves out both, but not `&#38;`."""
_LONGEST_DATE = 100
_FEEDS = {"rss": "item", "RDF": "item", "feed": "entry"}
"""Root elements of RSS, RSS 1.0 and Atom, and what they call an item."""
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
    if _ENDLESS_TAG.search(body):
        raise ListingError(f"it has a tag of more than {LONGEST_TAG} bytes")
    try:
        found = list(_feed(body) if kind == "feed" else _sitemap(body))
    except etree.XMLSyntaxError as error:
        raise ListingError(f"it is no well-formed {kind}: {error.msg}"[:500]) from error
    unique = {item.url: item for item in reversed(found) if item.url.lower().startswith(("http://", "https://"))}
    return list(reversed(unique.values()))


def _item(link: str, published_at: datetime | None) -> Item:
    """An item, also where its link is no address: asking for it will say so in a row of its own."""
    try:
        return Item(addresses.clean(link), published_at)
    except ValueError:
        return Item(addresses.shown(link), published_at)


def _feed(body: bytes) -> Iterator[Item]:
    """The items of a feed, also of one that is not quite XML, as many are."""
    escaped = _LINK.sub(lambda match: _AMPERSAND.sub(b"&#38;", match[0]), body.lstrip())
    tree = _parsed(escaped, recover=True)
    for element in _ended(tree, _FEEDS.values()):
        yield _item(_link(element), _feed_time(element))
    if tree.root is None or _name(tree.root) not in _FEEDS:
        raise ListingError("it is neither RSS nor Atom")
    if broken := [error.message for error in tree.error_log if error.type_name == "ERR_RESOURCE_LIMIT"]:
        raise ListingError(f"it breaks a limit of the parser: {broken[0].strip()}")


def _sitemap(body: bytes) -> Iterator[Item]:
    for element in _ended(_parsed(body), {"url", "sitemapindex"}):
        if _name(element) == "sitemapindex":
            raise ListingError("it is an index of sitemaps: name the sitemap itself")
        yield _sitemap_item(element)


def _parsed(body: bytes, *, recover: bool = False) -> Any:
    """Nothing but elements and text: nodes that no limit counts are left out, and no entity leads outside."""
    return etree.iterparse(
        BytesIO(body),
        ("start", "end"),
        recover=recover,
        remove_comments=True,
        remove_pis=True,
        resolve_entities="internal",
        load_dtd=False,
        no_network=True,
        huge_tree=False,
    )


def _ended(tree: Any, names: Collection[str]) -> Iterator[etree._Element]:
    """The elements of these names as they end, each emptied afterwards. Raises ListingError above a limit."""
    nodes = items = 0
    for event, element in tree:
        if event == "start":
            nodes += 1 + len(element.attrib)
        elif _name(element) in names:
            items += 1
            yield element
            element.clear()
        if nodes > MAX_NODES or items > MAX_ITEMS:
            raise ListingError(f"it has more than {MAX_ITEMS} items, or more than {MAX_NODES} elements and attributes")


def _name(element: etree._Element) -> str:
    """An element's name without its namespace, also where the feed does not say which namespace that is."""
    return str(element.tag).rpartition("}")[2].rpartition(":")[2]


def _link(item: etree._Element) -> str:
    """RSS has its link as text, Atom as an attribute, and a guid is one unless it says that it is not."""
    links = [each for each in item if _name(each) == "link" and each.get("rel", "alternate") == "alternate"]
    guids = [each for each in item if _name(each) in ("guid", "id") and each.get("isPermaLink") != "false"]
    said = ((each.text or "").strip() or each.get("href") or "" for each in (*links, *guids))
    return next((words for words in said if words), "")


def _feed_time(item: etree._Element) -> datetime | None:
    said = {_name(each): each.text for each in item}
    return next((when for name in _DATES if (when := _time(said.get(name)))), None)


def _sitemap_item(element: etree._Element) -> Item:
    words = {_name(each): (each.text or "").strip() for each in element.iter() if isinstance(each.tag, str)}
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
