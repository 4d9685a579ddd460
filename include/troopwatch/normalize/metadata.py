"""Title, authors, times and canonical address, as the page's head and markup state them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement

from troopwatch.normalize import dates, jsonld, text

_DATE_NAMES = (
    "article:published_time article:published og:article:published_time og:published_time datepublished "
    "parsely-pub-date sailthru.date publish-date publish_date publishdate publication_date pubdate date.published "
    "cxenseparse:recs:publishtime dc.date.issued dcterms.issued dc.date.created dcterms.created dc.date "
    "dcterms.date article.published originalpublicationdate article_date_original citation_publication_date date"
)
"""Names of meta elements that state a publication time, the more exact first; `*modified*` is never one."""
_AUTHOR_NAMES = "author article:author parsely-author sailthru.author dc.creator dcterms.creator byl"
_BYLINE = re.compile(
    r"(?:^|\s)by(?:$|\s)|(?:^|[\s_-])(?:byline|author|writer)(?:[\s_-]*name)?(?:$|[\s])", re.IGNORECASE
)
_NO_NAME = re.compile(r"\d{4}|@|\b(?:bio|profile|follow|read more|more from|subscribe)\b", re.IGNORECASE)
_SEPARATOR = re.compile(r"\s+[|»·–—-]\s+|\s*[|»]\s+")
_UNTITLED = {"untitled document", "untitled", "new page 1", "document"}
_CUT = ("...", "…")


@dataclass(frozen=True)
class Head:
    """What a page states outside its body text."""

    metas: dict[str, list[str]]
    canonical: str | None


def read(tree: HtmlElement) -> Head:
    """All meta elements by name, property or itemprop (lower case), and the canonical link."""
    metas: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = element.get("content")
        if name and content:
            metas.setdefault(name.strip().lower(), []).append(content)
    links = (link.get("href") for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical")
    return Head(metas, next((href for href in links if href), None))


def title(tree: HtmlElement, head: Head, linked: jsonld.Linked) -> str | None:
    """The headline: JSON-LD, og:title, the only h1, <title> without the site's name."""
    og = next((text.line_of_markup(said) for said in head.metas.get("og:title", ())), None)
    if linked.headline and not (linked.headline.endswith(_CUT) and og):
        return linked.headline
    return og or _only_heading(tree) or _title_element(tree)


def _only_heading(tree: HtmlElement) -> str | None:
    found = [text.line(heading.text_content()) for heading in tree.iter("h1")]
    named = [heading for heading in found if heading]
    return named[0] if len(named) == 1 else None


def _title_element(tree: HtmlElement) -> str | None:
    """The part that is a heading of the page too, else the longest: the others name the site and the section."""
    whole = text.line(next((element.text_content() for element in tree.iter("title")), None))
    if not whole or whole.lower() in _UNTITLED:
        return None
    parts = [part.strip() for part in (whole, *_SEPARATOR.split(whole))]
    headings = {text.line(heading.text_content()) for heading in tree.iter("h1", "h2", "h3")}
    return next((part for part in parts if part in headings), None) or max(parts[1:], key=len) or whole


def authors(tree: HtmlElement, head: Head, linked: jsonld.Linked) -> str | None:
    """Names, separated by semicolons: JSON-LD, meta elements, itemprop or rel=author, a short byline."""
    if linked.authors:
        return linked.authors
    stated = [said for name in _AUTHOR_NAMES.split() for said in head.metas.get(name, ()) if "://" not in said]
    found = (_name(words) for words in (*stated[:1], *_bylines(tree)))
    return next((name for name in found if name), None)


def _bylines(tree: HtmlElement) -> Iterator[str]:
    for element in tree.xpath("//*[@itemprop='author' or @rel='author']")[:5]:
        yield element.text_content()
    for element in tree.xpath("//*[@class or @id]"):
        if _BYLINE.search(f"{element.get('class') or ''} {element.get('id') or ''}"):
            yield element.text_content()


def _name(words: str) -> str | None:
    """A byline's names; what is too long for names, or has none, is no byline."""
    plain = text.line_of_markup(words) or ""
    plain = re.sub(r"^(?:[Ww]ritten )?(?:[Bb][Yy]|[Ff]rom)(?:\b[\s:]*|(?=[A-Z][a-z]))", "", plain)
    plain = re.split(r"\s+[·|•]\s+", plain)[0].strip(" ,;–—-")
    return plain if 2 < len(plain) <= 120 and not _NO_NAME.search(plain) else None


def times(tree: HtmlElement, head: Head, linked: jsonld.Linked) -> list[dates.Stated | None]:
    """Every statement of a publication time in the page, the most trustworthy origin first."""
    found = [dates.read(linked.published, "json_ld")]
    found += [dates.read(said, "meta") for name in _DATE_NAMES.split() for said in head.metas.get(name, ())]
    found += [dates.read(said, "time") for said in _time_elements(tree)]
    return found


def _time_elements(tree: HtmlElement) -> list[str]:
    """The element that is marked as the publication time, else the first one of the article, else of the page."""
    marked = tree.xpath("//*[@itemprop='datePublished']/@datetime | //time[@pubdate]/@datetime")
    inside = tree.xpath("//article//time/@datetime")
    return [str(said) for said in (marked or inside or tree.xpath("//time/@datetime"))[:1]]
