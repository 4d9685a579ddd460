"""What a page says of itself in JSON-LD (schema.org), read as carelessly as it is written."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml.html import HtmlElement

from troopwatch.normalize import text

_LONGEST = 2_000_000
_DEEPEST = 6
"""How far down articles are looked for: @graph, mainEntity and lists nest; more is a comment thread or an attack."""
_WRAPPERS = ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item")
_COMMENT = re.compile(r"^\s*(?:<!--|//<!\[CDATA\[|<!\[CDATA\[|/\*.*?\*/)|(?:-->|//\]\]>|\]\]>|;)\s*$")
_ARTICLE = re.compile(r"(?:Article|Report|BlogPosting|PressRelease|Review|WebPage)$")


@dataclass(frozen=True)
class Linked:
    """The article's own statement of itself; empty where the page makes none."""

    headline: str | None = None
    authors: tuple[str, ...] = ()
    """Bylines of people as they are written; organizations are left out."""
    publishers: tuple[str, ...] = ()
    published: tuple[str, ...] = ()
    """Times of publication: the article's first, then those of other nodes of the page."""
    body: str = ""
    is_free: bool | None = None


def read(tree: HtmlElement) -> Linked:
    """The page's article: of several the one with a headline and a date, an article before a mere web page."""
    found = [node for script in tree.iter("script") for node in _nodes_of(script)]
    best = max(found, key=_weight, default=None)
    if best is None or not _weight(best):
        return Linked()
    return Linked(
        headline=text.line_of_markup(_word(best.get("headline"))),
        authors=tuple(_authors(best)),
        publishers=tuple(name for node in found for name in _names(node.get("publisher"), but="Person")),
        published=tuple(dict.fromkeys(said for node in (best, *found) if (said := _word(node.get("datePublished"))))),
        body=text.clean(text.without_markup(_word(best.get("articleBody")) or "")),
        is_free=_truth(best.get("isAccessibleForFree")),
    )


def _nodes_of(script: HtmlElement) -> Iterator[dict[str, Any]]:
    if "ld+json" not in (script.get("type") or "").lower() or not script.text or len(script.text) > _LONGEST:
        return
    bare = _COMMENT.sub("", _COMMENT.sub("", script.text.strip()))
    try:
        yield from _nodes(json.loads(bare, strict=False), _DEEPEST)
    except (ValueError, RecursionError):  # printed by a template with a quote too many: others read it no better
        return


def _nodes(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if isinstance(value, list) and depth:
        for each in value[:1000]:
            yield from _nodes(each, depth - 1)
    elif isinstance(value, dict) and depth:
        if any(_ARTICLE.search(kind) for kind in _words(value.get("@type"))):
            yield value
        for name in _WRAPPERS:
            yield from _nodes(value.get(name), depth - 1)


def _weight(node: dict[str, Any]) -> int:
    """What a node has of what makes an article; a page's first article wins among equals (max takes the first)."""
    has = sum(bool(node.get(name)) for name in ("headline", "datePublished", "articleBody", "author"))
    is_page = all(kind.endswith("WebPage") for kind in _words(node.get("@type")))
    return 0 if not has else has + (0 if is_page else 10)


def _authors(node: dict[str, Any]) -> Iterator[str]:
    said = node.get("author") or node.get("creator")
    for each in said if isinstance(said, list) else [said]:
        yield from _names(each)


def _names(author: Any, but: str = "Organization") -> Iterator[str]:
    """Names in a value, other than those of nodes of one type."""
    is_node = isinstance(author, dict)
    if is_node and any(kind.endswith(but) for kind in _words(author.get("@type"))):
        return
    for word in _words(author.get("name") if is_node else author):
        name = text.line_of_markup(word)
        if name and not name.startswith(("http://", "https://")):
            yield name


def _words(value: Any) -> list[str]:
    """The strings in a value that should be one, and often is a list of them."""
    return [each for each in (value if isinstance(value, list) else [value]) if isinstance(each, str)]


def _word(value: Any) -> str | None:
    return next(iter(_words(value)), None)


def _truth(value: Any) -> bool | None:
    """True and False, also as the strings that many sites print."""
    if isinstance(value, bool):
        return value
    said = (_word(value) or "").lower().rsplit("/", 1)[-1]
    return {"true": True, "false": False}.get(said)
