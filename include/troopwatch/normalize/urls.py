"""Addresses: the form without trackers and variants that an article is known by."""

from hashlib import sha256
from urllib.parse import urlsplit

import ada_url
from courlan import normalize_url

_ID = 16
"""Hexadecimal digits of an id: 64 bits, far from a collision among all articles of many years."""


class NoUrlError(ValueError):
    """Words that are no http(s) address."""


def canonical(url: str) -> str:
    """An address as the tables know it: parsed as browsers do, no tracker, fragment or trailing slash, query sorted.

    Scheme and host stay: the result still opens. Applied twice it changes nothing. Raises NoUrlError.
    """
    found = _folded(url)
    for _ in range(3):  # folding can uncover something to fold (a tracker behind `&amp;`); it settles at once
        again = _folded(found)
        if again == found:
            break
        found = again
    return found


def _folded(url: str) -> str:
    try:
        parsed = ada_url.URL(url.strip())
        parsed.hash = ""
        # Not courlan's strict form: it keeps only parameters it knows, and board.do?nttId=1 would be board.do?nttId=2.
        folded = str(normalize_url(parsed.href, strict=False, trailing_slash=False))
    except ValueError as error:
        raise NoUrlError(f"{url[:200]!r} is no address") from error
    if parsed.protocol not in ("http:", "https:") or not parsed.hostname:
        raise NoUrlError(f"{url[:200]!r} is no http address")
    return folded


def of_page(url: str, stated: str | None) -> str:
    """A page's address: what its <link rel=canonical> says where that is on the same site, else its own.

    A canonical that leads to the front page is a template's mistake and not believed. Raises NoUrlError for `url`.
    """
    own = canonical(url)
    if not stated:
        return own
    try:
        said = canonical(ada_url.URL(stated.strip(), base=own).href)
    except ValueError:
        return own
    is_front = urlsplit(said).path in ("", "/") and not urlsplit(said).query
    return said if site(said) == site(own) and (not is_front or said == own) else own


def site(url: str) -> str:
    """The host as a reader names it: without www. and the like."""
    host = urlsplit(url).hostname or ""
    for prefix in ("www.", "m.", "amp.", "mobile."):
        if host.startswith(prefix) and host.count(".") > 1:
            return host.removeprefix(prefix)
    return host


def article_id(canonical_url: str) -> str:
    return sha256(canonical_url.encode()).hexdigest()[:_ID]


def doc_id(article: str, title: str | None, text: str) -> str:
    """One version of an article. The parts are separated by NUL, which none of them can hold."""
    return sha256(f"{article}\0{title or ''}\0{text}".encode()).hexdigest()[:_ID]
