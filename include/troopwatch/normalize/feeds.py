"""A captured RSS or Atom feed whose items carry full texts: an article for each item, or the reason why it is none."""

from calendar import timegm
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from io import BytesIO
from typing import Any

import feedparser

from troopwatch import captures
from troopwatch.normalize import bylines, dates, language, markup, text, urls
from troopwatch.normalize.outcome import Article, Outcome, Published, Refusal, RefusedError
from troopwatch.normalize.pages import check_not_endless, check_served

MAX_TAGS = 300_000
"""Most `<` in a feed that is parsed: feedparser takes 15 microseconds for each, so some 5 s."""
_ENDS = (b"</rss>", b"</feed>", b"</rdf:RDF>", b":RDF>", b":feed>")
_LONGEST_NAME = 200


def items(response: captures.Response, captured_at: datetime) -> list[Outcome]:
    """What comes of each item, in the order of the feed; one refusal alone where the body is no feed."""
    try:
        parsed = _parsed(response)
    except RefusedError as refused:
        return [refused.refusal]
    entries = parsed.get("entries", [])
    found = [_outcome(e, name, captured_at) for e, name in zip(entries, _names(entries), strict=True)]
    if found and _is_cut(response.body):
        detail = "the feed breaks off, so this last item may be cut"
        found[-1] = Refusal("unreadable", detail, list(_names(entries))[-1])
    return found


def _parsed(response: captures.Response) -> Any:
    check_served(response)
    body = response.body
    if (tags := body.count(b"<")) > MAX_TAGS:
        raise RefusedError("too_large", f"{tags} tags, more than {MAX_TAGS}")
    if b"<!ENTITY" in body:
        raise RefusedError("not_a_feed", "it declares entities of its own, which no feed needs and attacks do")
    # Only through BytesIO: given bytes or a string feedparser may take them for a file's name or an address. Sanitizing
    # is left out because only text is taken from the items.
    headers = {"content-type": response.headers.get("content-type", "")}
    parsed = feedparser.parse(BytesIO(body), response_headers=headers, sanitize_html=False, resolve_relative_uris=False)
    if not parsed.get("version") and not parsed.get("entries"):
        raise RefusedError("not_a_feed", f"no RSS and no Atom: {_reason(parsed)}")
    return parsed


def _reason(parsed: Any) -> str:
    return " ".join(str(parsed.get("bozo_exception") or "no feed element stands in it").split())[:_LONGEST_NAME]


def _is_cut(body: bytes) -> bool:
    return not any(end in body[-2000:] for end in _ENDS)


def _names(entries: list[Any]) -> Iterator[str]:
    """A name for each item that no other item of the feed has: its id, link or title, else its place."""
    seen: Counter[str] = Counter()
    for place, entry in enumerate(entries, 1):
        said = entry.get("id") or entry.get("link") or entry.get("title")
        name = (text.line(said) or f"item {place}")[:_LONGEST_NAME]
        seen[name] += 1
        yield name if seen[name] == 1 else f"{name} ({seen[name]})"


def _outcome(entry: Any, name: str, captured_at: datetime) -> Outcome:
    try:
        return _article(entry, captured_at)
    except RefusedError as refused:
        return Refusal(refused.refusal.rule, refused.refusal.detail, name)
    except Exception as error:  # whatever a library trips over in a hostile item: its neighbours are not touched
        return Refusal("unreadable", f"{type(error).__name__}: {error}"[:500], name)


def _article(entry: Any, captured_at: datetime) -> Article:
    url = _link(entry)
    plain = text.clean(_longest(entry))
    if not plain:
        raise RefusedError("no_text", "the item carries no text")
    check_not_endless(plain)
    return Article(
        url=url,
        title=text.line_of_markup(entry.get("title")),
        text=plain,
        authors=_authors(entry),
        language=language.detect(plain),
        published=_published(entry, captured_at),
        is_stub=False,
        method="feed",
        method_version=f"feedparser {version('feedparser')}",
    )


def _link(entry: Any) -> str:
    """The item's link, else its guid where that is an address."""
    for said in (entry.get("link"), entry.get("id")):
        try:
            return urls.canonical(said or "")
        except urls.NoUrlError:
            continue
    raise RefusedError("no_link", f"neither link nor guid is an address: {entry.get('link') or entry.get('id')!r}")


def _longest(entry: Any) -> str:
    """The text of the item's longest form: content:encoded or description."""
    forms = [str(each.get("value") or "") for each in entry.get("content", [])] + [str(entry.get("summary") or "")]
    html = max(forms, key=len)
    # In an element of its own, because a fragment without any tag is no document to the parser.
    return markup.paragraphs(markup.parse(f"<html><body><div>{html}</div></body></html>")) if html.strip() else ""


def _authors(entry: Any) -> str | None:
    said = [author.get("name") for author in entry.get("authors", [])] or [entry.get("author")]
    people = [name for words in said if words for name in bylines.names(words)]
    return "; ".join(dict.fromkeys(people)) or None


def _published(entry: Any, captured_at: datetime) -> Published:
    """The item's own date. Its time of update says nothing of when it was published."""
    stated = dates.read(entry.get("published") or "", "feed") or _parsed_date(entry.get("published_parsed"))
    return dates.choose([stated], captured_at)


def _parsed_date(parsed: Any) -> dates.Stated | None:
    """The date as feedparser reads it, which may lie outside of what a date can hold."""
    try:
        return dates.Stated(datetime.fromtimestamp(timegm(parsed), UTC), "second", "feed") if parsed else None
    except (ValueError, OverflowError):
        return None
