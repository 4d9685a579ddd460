"""The headline of a page, without the name of its site."""

import re
from collections.abc import Iterable, Iterator

from lxml.html import HtmlElement

from troopwatch.normalize import jsonld, text
from troopwatch.normalize.metadata import Head

_SEPARATOR = re.compile(r"\s+(?:[|»·•–—:*-]|--|::)\s+|\s*[|»]\s*|\s*::\s*")
_UNTITLED = {"untitled document", "untitled", "new page 1", "document", "home"}
_YEAR = re.compile(r"\s+\(Published \d{4}\)$")
_CUT = ("...", "…")
_LEAST_LABEL = 4
"""Letters of a host's name that recognise the site in words; shorter ones stand in too many."""


def read(tree: HtmlElement, head: Head, linked: jsonld.Linked) -> str | None:
    """The headline: JSON-LD, og:title, the only h1, <title>; each where another of them bears it out."""
    whole = _title_element(tree)
    headings = [heading for heading in (text.line(each.text_content()) for each in tree.iter("h1")) if heading]
    og = next((text.line_of_markup(said) for said in head.said("og:title")), None)
    found = _borne_out(linked.headline, [og, whole, *headings]) or og or _only_heading(headings, whole)
    found = found or _longest_part(whole, tree)
    return without_site(found, [*head.sites, *linked.publishers], head.host, headings) if found else None


def _title_element(tree: HtmlElement) -> str | None:
    whole = text.line(next((element.text_content() for element in tree.iter("title")), None))
    return None if whole and whole.lower() in _UNTITLED else whole


def _borne_out(headline: str | None, others: list[str | None]) -> str | None:
    """What JSON-LD calls the headline, unless it is cut or has nothing in common with what the page is called."""
    known = [other for other in others if other]
    if headline and known and (headline.endswith(_CUT) or not any(_are_alike(headline, other) for other in known)):
        return None
    return headline


def _are_alike(one: str, other: str) -> bool:
    """Whether they share a word of some length, or start alike where words are not separated."""
    words = set(re.findall(r"\w{4,}", one.casefold()))
    return not words.isdisjoint(re.findall(r"\w{4,}", other.casefold())) or one[:3] == other[:3]


def _only_heading(headings: list[str], whole: str | None) -> str | None:
    """The only h1, where it is not the logo: then <title> says much more, and nothing of it."""
    if len(headings) != 1 or (whole and len(whole) > 2 * len(headings[0]) and not _are_alike(headings[0], whole)):
        return None
    return headings[0]


def _longest_part(whole: str | None, tree: HtmlElement) -> str | None:
    """The part that is a heading of the page too, else the longest where it is by far: others name site and section."""
    if not whole:
        return None
    parts = [part for part in _SEPARATOR.split(whole) if part]
    headings = {text.line(heading.text_content()) for heading in tree.iter("h1", "h2", "h3")}
    longest = max(parts, key=len, default=whole)
    is_clear = all(2 * len(part) < len(longest) for part in parts if part is not longest)
    return next((part for part in (whole, *parts) if part in headings), None) or (longest if is_clear else whole)


def without_site(title: str, sites: Iterable[str], host: str, headings: Iterable[str] = ()) -> str:
    """A title without the parts at its end or start that name its site, and cut to the heading that it starts with."""
    title = _YEAR.sub("", title)
    names = {_squashed(site) for site in sites} - {""}
    for shorter in _shorter(title):
        if 2 * len(shorter) > len(title) and shorter in headings:
            return shorter
    while found := _without_one(title, names, host):
        title = found
    return title


def _shorter(title: str) -> Iterator[str]:
    """The title up to each of its separators."""
    for separator in _SEPARATOR.finditer(title):
        yield title[: separator.start()]


def _without_one(title: str, names: set[str], host: str) -> str | None:
    separators = list(_SEPARATOR.finditer(title))
    if not separators:
        return None
    last, first = separators[-1], separators[0]
    if title[: last.start()] and _names_site(title[last.end() :], names, host):
        return title[: last.start()]
    if title[first.end() :] and _names_site(title[: first.start()], names, host):
        return title[first.end() :]
    return None


def _names_site(words: str, names: set[str], host: str) -> bool:
    """Whether words are one of the site's names, or the host's: `TheHill` at thehill.com, `The Sample Blog` too."""
    squashed = _squashed(words)
    if not squashed or squashed in names:
        return True
    labels = [label.replace("-", "") for label in host.split(".")[:-1]]
    is_host = (
        squashed in _squashed(host) and len(squashed) > 1 and any(squashed.startswith(each[:2]) for each in labels)
    )
    return is_host or (
        any(len(label) >= _LEAST_LABEL and label in squashed and 2 * len(label) >= len(squashed) for label in labels)
    )


def _squashed(words: str) -> str:
    return "".join(re.findall(r"\w+", words.casefold())).replace("_", "")
