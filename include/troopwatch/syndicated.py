"""What outlets syndicate (RSS, Atom, sitemaps) as elements: read with lxml alone, and within limits.

Both the scrape stage, which wants addresses, and the normalize stage, which wants texts, read it here. Feeds are seldom
quite XML, so of them is read what can be; a feed above a limit is refused whole, as a part of it would pass for all.
"""

import re
from collections.abc import Collection, Iterator
from html.entities import html5
from io import BytesIO
from typing import Any

from lxml import etree

MAX_ITEMS = 50_000
"""Items of a listing that is read: the most that the protocol of sitemaps allows."""
MAX_NODES = 600_000
"""Elements and attributes of one: a dozen for each of that many items, and a tree of some 130 MB."""
LONGEST_TAG = 500_000
"""Characters of one tag, whose attributes can be counted only when they are all in memory."""
MAX_REFERENCES = 1_000_000
"""`&` of one: each that is mended costs a piece of memory and half a microsecond."""

_ENDLESS_TAG = re.compile(rf"<[^<>!][^<>]{{{LONGEST_TAG}}}")
_REFERENCE = re.compile(
    r"<!\[CDATA\[.*?(?:\]\]>|\Z)|&(?!#(?:\d{1,7}|x[0-9a-f]{1,6});)(?:(\w{1,31};))?", re.DOTALL | re.I
)
_UNFIT = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])
"""Characters that XML does not know."""
_FEEDS = {"rss": "item", "RDF": "item", "feed": "entry"}
"""Root elements of RSS, RSS 1.0 and Atom, and what they call an item."""


class SyndicatedError(ValueError):
    """What was served is no feed and no sitemap."""


class EndlessError(SyndicatedError):
    """What was served breaks a limit: no reader can be asked to read it."""


def items(words: str) -> Iterator[etree._Element]:
    """The items of a feed, each as long as the next is not asked for. Raises SyndicatedError.

    Where words break off, the last item is what was there of it.
    """
    tree = _parsed(words, recover=True)
    yield from _ended(tree, _FEEDS.values())
    if tree.root is None or name(tree.root) not in _FEEDS:
        raise SyndicatedError("it is neither RSS nor Atom")
    if broken := [error.message for error in tree.error_log if error.type_name == "ERR_RESOURCE_LIMIT"]:
        raise EndlessError(f"it breaks a limit of the parser: {broken[0].strip()}")


def elements(words: str, names: Collection[str]) -> Iterator[etree._Element]:
    """The elements of these names in well-formed XML, as `items` gives them. Raises SyndicatedError."""
    yield from _ended(_parsed(words), names)


def name(element: etree._Element) -> str:
    """An element's name without its namespace, also where the feed does not say which namespace that is."""
    return str(element.tag).rpartition("}")[2].rpartition(":")[2]


def link(item: etree._Element) -> str:
    """RSS has its link as text, Atom as an attribute, and a guid is one unless it says that it is not."""
    links = [each for each in item if name(each) == "link" and each.get("rel", "alternate") == "alternate"]
    guids = [each for each in item if name(each) in ("guid", "id") and each.get("isPermaLink") != "false"]
    said = ((each.text or "").strip() or each.get("href") or "" for each in (*links, *guids))
    return next((words for words in said if words), "")


def _parsed(words: str, *, recover: bool = False) -> Any:
    """Nothing but elements and text: nodes that no limit counts are left out, and no entity leads outside."""
    if _ENDLESS_TAG.search(words):
        raise EndlessError(f"it has a tag of more than {LONGEST_TAG} characters")
    return etree.iterparse(
        BytesIO(_mended(words).encode("utf-8", "replace")),
        ("start", "end"),
        encoding="utf-8",  # whatever it declares, which was true of the bytes
        recover=recover,
        remove_comments=True,
        remove_pis=True,
        resolve_entities="internal",
        load_dtd=False,
        no_network=True,
        huge_tree=False,
    )


def _mended(words: str) -> str:
    """Words in which every `&` and every name of a character is a number, and nothing stands that XML does not know.

    After its first error libxml2 leaves names out, also `&amp;`, but no numbers. An entity that the words declare
    themselves stays what it is: the parser knows how to stop one that grows.
    """
    if (count := words.count("&")) > MAX_REFERENCES:
        raise EndlessError(f"it has {count} references, more than {MAX_REFERENCES}")
    own = "<!ENTITY" in words
    return _REFERENCE.sub(lambda match: _numbered(match, own=own), words.lstrip().translate(_UNFIT))


def _numbered(match: re.Match[str], *, own: bool) -> str:
    called = match[1]
    if match[0][0] == "<" or (own and called and called not in html5):
        return match[0]
    if called in html5:
        return "".join(f"&#{ord(character)};" for character in html5[called])
    return f"&#38;{called or ''}"


def _ended(tree: Any, names: Collection[str]) -> Iterator[etree._Element]:
    """The elements of these names as they end, each emptied afterwards. Raises SyndicatedError."""
    nodes = ended = 0
    try:
        for event, element in tree:
            if event == "start":
                nodes += 1 + len(element.attrib)
            elif name(element) in names:
                ended += 1
                yield element
                element.clear()
            if nodes > MAX_NODES or ended > MAX_ITEMS:
                raise EndlessError(
                    f"it has more than {MAX_ITEMS} items, or more than {MAX_NODES} elements and attributes"
                )
    except etree.XMLSyntaxError as error:
        raise SyndicatedError(f"it is not well-formed: {error.msg}"[:500]) from error
