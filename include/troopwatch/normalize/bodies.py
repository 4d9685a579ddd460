"""The article's text in a page: a cascade measured on 181 real pages (benchmarks/normalize.py).

1. JSON-LD articleBody, where the page itself shows that text: it is exact and cheap, but some sites print a summary, a
   part or another article there, so it must agree with what resiliparse finds.
2. trafilatura, fast and favouring precision, on the part of the page that holds its paragraphs, where that finds
   LONG_ENOUGH.
3. trafilatura's default on the whole page, which finds more on odd ones.
"""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version

import trafilatura
from lxml.html import HtmlElement, tostring
from resiliparse.extract.html2text import extract_plain_text
from trafilatura.settings import Extractor

from troopwatch.normalize import regions, text

_FAST = Extractor(output_format="python", fast=True, precision=True, comments=False)
_DEFAULT = Extractor(output_format="python", comments=False)
LONG_ENOUGH = 350
"""Characters from which a fast extraction is believed. On 181 pages it is the better one from there on, as the default
brings menus and teasers with short articles; below, it has missed the text."""
_LEAST_LINKED = 600
_MOST_LINKED = 300_000
_MOST_PARAGRAPHS = 2000
_MOST_ROWS, _MOST_LINKS = 100, 1000
"""Bounds of what is compared with each other; real articles stay far below, hostile pages must not take minutes."""
_SHARE_SHOWN = 0.9
_GRAM = 4
_OPENING = 30
"""Characters that recognise the start of a paragraph."""

# Its remarks on single pages would drown a day's log; what is wrong with a page ends in the quarantine.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)


_SHORT = 100
"""Characters of a kicker, a menu or a label; no paragraph of an article that stands above its headline."""
_ABOVE = 3


@dataclass(frozen=True)
class Body:
    """Clean text and where it is from: `method` and its `version`."""

    text: str
    method: str
    version: str


def read(tree: HtmlElement, linked: str) -> Body:
    """The body of a page, '' where it has none. `linked` is what the page's JSON-LD gives as its text."""
    if _LEAST_LINKED < len(linked) < _MOST_LINKED and (agreed := _agreed(linked, tree)):
        return Body(agreed, "json_ld", _version_of("resiliparse"))
    fast = _extract(regions.main(regions.bare(tree)), _FAST)
    if len(fast) >= LONG_ENOUGH:
        return Body(fast, "trafilatura_fast", _version_of("trafilatura"))
    return Body(_extract(tree, _DEFAULT), "trafilatura", _version_of("trafilatura"))


@cache
def _version_of(package: str) -> str:
    """Read once: it costs as much as a tenth of a page."""
    return f"{package} {version(package)}"


def _extract(tree: HtmlElement, options: Extractor) -> str:
    found = trafilatura.bare_extraction(tree, options=options)
    return _without_menus(text.clean(getattr(found, "text", None) or ""), tree)


def _without_menus(body: str, tree: HtmlElement) -> str:
    """A body without table rows that are mostly links: in a page laid out by tables the menus come along as rows."""
    parts = body.split("\n\n")
    if not 0 < sum(part.startswith("|") for part in parts) <= _MOST_ROWS:
        return body
    links = [link for link in (text.line(element.text_content()) for element in tree.iter("a")) if link]
    longest_first = sorted(set(links), key=lambda link: (-len(link), link))[:_MOST_LINKS]
    return "\n\n".join(part for part in parts if not (part.startswith("|") and _is_menu(part, longest_first)))


def _is_menu(row: str, links: list[str]) -> bool:
    words = rest = row.replace("\\|", " ").replace("|", " ")
    for link in links:
        rest = rest.replace(link, " ")
    return 2 * len("".join(rest.split())) < len("".join(words.split()))


def _agreed(linked: str, tree: HtmlElement) -> str | None:
    """The linked text where the page shows at least nine tenths of it, and it is at least half of what it shows."""
    # From the tree, whose depth is bounded: on a page's deep nesting resiliparse takes quadratic time.
    shown = text.clean(extract_plain_text(tostring(tree, encoding="unicode"), main_content=True, list_bullets=False))
    if 2 * len(linked) < len(shown):
        return None
    grams, visible = _grams(linked), _grams(shown)
    if not grams or len(grams & visible) <= _SHARE_SHOWN * len(grams):
        return None
    return _parted(linked, shown.split("\n\n"))


def below_title(body: str, title: str | None) -> str:
    """A body that starts with its headline, below at most a few labels, without that."""
    parts = body.split("\n\n")
    for place, part in enumerate(parts[: _ABOVE + 1]):
        if part == title and len(parts) > place + 1:
            return "\n\n".join(parts[place + 1 :])
        if len(part) > _SHORT:
            break
    return body


def _grams(words: str) -> set[tuple[str, ...]]:
    tokens = re.findall(r"\w+", words)
    return {tuple(tokens[i : i + _GRAM]) for i in range(len(tokens) - _GRAM + 1)}


def _parted(linked: str, shown: list[str]) -> str:
    """Linked text is often one long line: it is parted where the page starts its paragraphs."""
    return "\n\n".join(part for line in linked.split("\n\n") for part in _parts(line, shown))


def _parts(line: str, shown: list[str]) -> Iterator[str]:
    start = 0
    for opening in (paragraph[:_OPENING] for paragraph in shown[:_MOST_PARAGRAPHS] if len(paragraph) > _OPENING):
        found = line.find(opening, start + 1)
        if found > 0 and line[found - 1] in " .!?\"'”’":
            yield line[start:found].strip()
            start = found
    yield line[start:].strip()
