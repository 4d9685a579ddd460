"""One captured page to an article, or to the reason why it is none. Pure: no network, no clock."""

import re
from datetime import datetime
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from troopwatch import encoding, responses
from troopwatch.normalize import (
    bodies,
    bylines,
    dates,
    jsonld,
    kinds,
    language,
    markup,
    metadata,
    text,
    times,
    titles,
    urls,
)
from troopwatch.normalize.outcome import Article, Outcome, RefusedError

SHORTEST = 200
"""Characters below which a text is no article: cookie notices, error pages and menus of real sites stay under it, and
the shortest of 181 real news articles has twice that."""
SHORTEST_STUB = 40
"""The same for a page that says it shows only the beginning: one sentence is evidence enough."""

_HTML_TYPES = ("", "text/html", "application/xhtml+xml", "text/plain", "application/octet-stream")
_MAGIC = (
    b"%PDF",
    b"\x89PNG",
    b"GIF8",
    b"\xff\xd8\xff",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"RIFF",
    b"\x7fELF",
    b"OggS",
    b"ID3",
)
_TAG = re.compile(r"<(?:!doctype\s+html|html|head|body|meta|title|div|p|article|table|h1)\b", re.IGNORECASE)
_XML = re.compile(r"\s*(?:<\?xml[^>]{0,200}>\s*)?<(?:rss|feed|rdf:RDF|urlset|sitemapindex|opml)\b")
_HEAD = 65_536


def page(
    response: responses.Response, url: str | None, captured_at: datetime, listed: dates.Stated | None = None
) -> Outcome:
    """The article of a page that was served at `url`; `captured_at` is what its dates are checked against.

    Of a page that was saved without its address `url` is None: it is known by what it says of itself, or by ''.

    `listed` is the time of publication that the feed or sitemap gave with the address.
    """
    try:
        html = _html(response)
        return _article(html, url, captured_at, listed)
    except RefusedError as refused:
        return refused.refusal


def html_page(html: str, url: str, captured_at: datetime) -> Outcome:
    """The same for a page that is text already, as a file saved from somewhere."""
    try:
        return _article(html, url, captured_at)
    except RefusedError as refused:
        return refused.refusal


def check_served(response: responses.Response) -> None:
    """Raises RefusedError for an answer that is no content: not_ok, empty."""
    if response.status != 200:
        raise RefusedError("not_ok", f"HTTP status {response.status}")
    if not response.body.strip():
        raise RefusedError("empty", "the body is empty")


def _html(response: responses.Response) -> str:
    check_served(response)
    declared = response.headers.get("content-type", "")
    kind = declared.partition(";")[0].strip().lower()
    if kind not in _HTML_TYPES:
        raise RefusedError("not_html", f"its type is {kind}")
    if response.body.startswith(_MAGIC):
        raise RefusedError("not_html", f"it is binary: it starts with {response.body[:4]!r}")
    html = encoding.decode(response.body, declared)
    if not _TAG.search(html[:_HEAD]):
        raise RefusedError("not_html", "no HTML tag stands in it")
    if _XML.match(html):
        raise RefusedError("not_html", "it is a feed or a sitemap")
    if html.count("\0") + html.count("\ufffd") > 0.1 * len(html):
        raise RefusedError("not_html", "it is binary: a tenth of it is no text")
    return html


def _article(html: str, url: str | None, captured_at: datetime, listed: dates.Stated | None = None) -> Article:
    tree = markup.parse(html)
    linked, head = jsonld.read(tree), metadata.read(tree, url)
    address = url or head.address or ""
    title, body = titles.read(tree, head, linked), bodies.read(tree, linked.body)
    plain = bodies.below_title(body.text, title)
    is_stub = kinds.is_stub(plain, tree, head, linked)
    _check_length(plain, is_stub, tree)
    if not kinds.claims_an_article(head, linked) and (why := kinds.links(plain, tree)):
        raise RefusedError("no_text", why)
    stated = [*times.read(tree, head, linked), listed, dates.in_url(urlsplit(address).path)]
    return Article(
        url=_canonical(address, head.canonical) if address else "",
        title=title,
        text=plain,
        authors="; ".join(bylines.read(tree, head, linked)) or None,
        language=language.detect(plain),
        published=dates.choose(stated, captured_at),
        is_stub=is_stub,
        method=body.method,
        method_version=body.version,
    )


def check_not_endless(plain: str) -> None:
    """Raises RefusedError for a text that no article has: what comes after must not choke on it."""
    if len(plain) > text.LONGEST_TEXT:
        raise RefusedError("too_large", f"a text of {len(plain)} characters, more than {text.LONGEST_TEXT}")


def _check_length(plain: str, is_stub: bool, tree: HtmlElement) -> None:
    check_not_endless(plain)
    if not plain:
        shown = len(" ".join(markup.paragraphs(tree).split()))
        raise RefusedError("no_text", f"no article text found; the page shows {shown} characters in all")
    if len(plain) < (SHORTEST_STUB if is_stub else SHORTEST):
        raise RefusedError("too_short", f"{len(plain)} characters: {plain[:80]}")


def _canonical(url: str, stated: str | None) -> str:
    try:
        return urls.of_page(url, stated)
    except urls.NoUrlError as error:
        raise RefusedError("no_link", str(error)) from error
