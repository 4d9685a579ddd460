"""Every statement of a publication time in a page, the most trustworthy first."""

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from troopwatch.normalize import dates, jsonld, text
from troopwatch.normalize.metadata import Head

_META_NAMES = (
    "article:published_time article:published og:article:published_time og:published_time datepublished "
    "parsely-pub-date sailthru.date publish-date publish_date publishdate publication_date pubdate date.published "
    "cxenseparse:recs:publishtime dc.date.issued dcterms.issued dc.date.created dcterms.created dc.date "
    "dcterms.date article.published originalpublicationdate article_date_original citation_publication_date date"
)
"""Names of meta elements that state a publication time, the more exact first; `*modified*` is never one."""
_MARKED = "//*[@itemprop='datePublished' or @pubdate or @data-pubdate or contains(@class, 'dt-published')]"
_PUBLISHED = "//*[self::abbr or self::input or self::time][contains(@class, 'publish')]"
_LABELS = " or ".join(f"contains(@class, '{part}')" for part in ("date", "time", "publi", "by"))
_LABELLED = " | ".join(f"//{tag}[{_LABELS}]" for tag in ("span", "div", "p", "li", "em", "td", "h4", "h5"))
_LABEL = re.compile(
    r"(?:^|[\s_-])(?:pub|published|post|posted|story|article|entry|news)?[_-]?(?:date|datetime|time|timestamp|dateline|"
    r"published|byline)(?:$|[\s_-])",
    re.IGNORECASE,
)
_CHANGED = re.compile(r"updat|modif|edit|chang", re.IGNORECASE)
_ELSEWHERE = re.compile(
    r"comment|related|sidebar|widget|footer|recirc|teaser|card|ticker|latest|trending", re.IGNORECASE
)
_ATTRIBUTES = ("datetime", "content", "title", "value", "data-pubdate")
_LONGEST = 90
_FEW = 200
"""Elements that are looked at; a page with more is a list."""
_IN_SCRIPT = re.compile(
    r'"(?:datePublished|(?:first_?)?published_?(?:at|date|time|on)?|pub_?date|publish_?(?:date|time)|publication_?date)"'
    r'\s*:\s*"(\d{4}-\d\d-\d\d[T ]\d\d:\d\d[^"]{0,20})"',
    re.IGNORECASE,
)


def read(tree: HtmlElement, head: Head, linked: jsonld.Linked) -> list[dates.Stated | None]:
    """JSON-LD and meta elements; where they give no instant, marked elements too, and then scripts and bylines."""
    found = [dates.read(said, "json_ld") for said in linked.published]
    found += [dates.read(said, "meta") for said in head.said(*_META_NAMES.split())]
    if not _has_instant(found):
        found += [dates.read(said, "time") for said in _marked(tree)]
    if not _has_instant(found):
        found += [*_scripts(tree), *_labelled(tree)]
    return found


def _has_instant(found: list[dates.Stated | None]) -> bool:
    return any(each and not each.local and each.precision != "day" and each.at >= dates.EARLIEST for each in found)


def _marked(tree: HtmlElement) -> list[str]:
    """What elements that are marked as the publication time say, then the first <time> of the article or the page."""
    marked = [said for element in tree.xpath(f"{_MARKED} | {_PUBLISHED}")[:5] if (said := _said(element))]
    plain = tree.xpath("//article//time/@datetime") or tree.xpath("//time/@datetime")
    return [*marked, *map(str, plain[:1])]


def _said(element: HtmlElement) -> str:
    """What an element says of a time: in an attribute that reads as one, else in its words."""
    if _CHANGED.search(element.get("class") or "") and "publish" not in (element.get("class") or ""):
        return ""
    stated = (element.get(name) or "" for name in _ATTRIBUTES)
    return (
        next((said for said in stated if dates.read(said, "time")), "")
        or (text.line(element.text_content()) or "")[:_LONGEST]
    )


def _scripts(tree: HtmlElement) -> list[dates.Stated | None]:
    """A time in the data that a page's scripts work with, where they all give the same: others list more articles."""
    said = {match for script in tree.iter("script") for match in _IN_SCRIPT.findall(script.text or "")}
    found = {each.at: each for words in sorted(said) if (each := dates.read(words, "script"))}
    return list(found.values()) if len(found) == 1 else []


def _labelled(tree: HtmlElement) -> Iterator[dates.Stated | None]:
    """The first element that is labelled as a date and reads as one."""
    for element in tree.xpath(_LABELLED)[:_FEW]:
        label = element.get("class") or ""
        if not _LABEL.search(label) or _CHANGED.search(label) or _is_elsewhere(element):
            continue
        words = text.line(element.text_content()) or ""
        if len(words) <= _LONGEST and not _CHANGED.match(words) and (found := dates.read(words, "time")):
            yield found
            return


def _is_elsewhere(element: HtmlElement) -> bool:
    return any(
        _ELSEWHERE.search(f"{each.get('class') or ''} {each.get('id') or ''}") and each.find(".//h1") is None
        for each in element.iterancestors("div", "section", "ul", "aside")
    )
