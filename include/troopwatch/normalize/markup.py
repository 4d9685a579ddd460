"""HTML to a tree in bounded time, and a tree to plain paragraphs."""

import re
from collections.abc import Iterator
from itertools import islice

from lxml.etree import LxmlError, SubElement
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from troopwatch.normalize.outcome import RefusedError

MAX_CHARACTERS = 8_000_000
"""Longest page that is parsed. The longest of 312 real ones has 3.2 million, nearly all of it script."""
MAX_TAGS = 100_000
"""Most `<` in a page that is parsed, five times those of the longest of 312 real ones. What costs time in extraction is
the number of elements: of the shapes that were tried, the worst of 100,000 tags takes some 20 s. Depth needs no limit
of ours: libxml2 stops at 255."""
MAX_INLINE = 500
"""Elements in one paragraph from which on it keeps its words alone. trafilatura asks for all texts of all paragraphs,
which libxml2 answers in quadratic time: one paragraph of 48,000 took more than 10 minutes. 312 real pages have 395 at
most, but a transcript may well have one for each word."""

# One for all pages: making a parser costs more than parsing a page.
_PARSER = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False)
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_DOCTYPE = re.compile(r"\s*<!doctype[^>]{0,1000}>", re.IGNORECASE)

_SILENT_TAGS = "script style noscript template iframe object svg form button input select textarea head"
_BLOCK_TAGS = (
    "address article aside blockquote body caption dd details div dl dt fieldset figcaption figure footer h1 h2 h3 h4 "
    "h5 h6 header hr html li main nav ol p pre section summary table tbody td tfoot th thead tr ul br"
)
_SILENT = frozenset(_SILENT_TAGS.split())
_BLOCKS = frozenset(_BLOCK_TAGS.split())


def parse(html: str) -> HtmlElement:
    """The tree of a page, its crowded paragraphs as plain text.

    Raises RefusedError: too_large above the caps, unreadable where no tree can be made.
    """
    if len(html) > MAX_CHARACTERS:
        raise RefusedError("too_large", f"{len(html)} characters, more than {MAX_CHARACTERS}")
    if (tags := html.count("<")) > MAX_TAGS:
        raise RefusedError("too_large", f"{tags} tags, more than {MAX_TAGS}")
    # lxml refuses text that declares an encoding, and trips over some doctypes: it gets UTF-8 bytes without either.
    start = doctype.end() if (doctype := _DOCTYPE.match(html)) else 0
    try:
        tree = document_fromstring(_UNFIT.sub("", html[start:]).encode(), parser=_PARSER)
    except (LxmlError, ValueError) as error:
        raise RefusedError("unreadable", f"no HTML tree can be made of it: {error}") from error
    for paragraph in tree.iter("p"):
        if _is_crowded(paragraph):
            _flatten(paragraph)
    return tree


def _is_crowded(paragraph: HtmlElement) -> bool:
    return sum(1 for _ in islice(paragraph.iterdescendants(), MAX_INLINE + 1)) > MAX_INLINE


def _flatten(paragraph: HtmlElement) -> None:
    """Leave a paragraph its words and line breaks only."""
    lines = [line for line in "".join(_pieces(paragraph)).split("\n") if line.strip()]
    paragraph.clear(keep_tail=True)
    paragraph.text = "".join(lines[:1])
    for line in lines[1:]:
        SubElement(paragraph, "br").tail = line


def paragraphs(tree: HtmlElement) -> str:
    """The text of a tree, a line for each block and each item of a list; what is no text for readers is left out."""
    return "".join(_pieces(tree))


def _pieces(element: HtmlElement) -> Iterator[str]:
    """Recursion is safe: the parser bounds the depth of a tree to 255."""
    if isinstance(element.tag, str) and element.tag not in _SILENT:
        edge = "\n" if element.tag in _BLOCKS else ""
        yield edge + _inline(element.text)
        for child in element:
            yield from _pieces(child)
            yield _inline(child.tail)
        yield edge


def _inline(words: str | None) -> str:
    """Line breaks of the source are spaces to a reader."""
    return " ".join(re.split(r"[\n\r\t]+", words)) if words else ""
