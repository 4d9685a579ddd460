"""A captured RSS or Atom feed whose items carry full texts: an article for each item, or the reason why it is none."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from html import escape
from importlib.metadata import version

from lxml import etree

from troopwatch import encoding, responses, syndicated
from troopwatch.normalize import bylines, dates, language, markup, text, urls
from troopwatch.normalize.outcome import Article, Outcome, Published, Refusal, RefusedError
from troopwatch.normalize.pages import check_not_endless, check_served

MAX_TAGS = 300_000
"""Most `<` in a feed that is read: the elements of its texts cost time each."""
MAX_ITEMS = 5_000
"""Items of one, ten times those of a long one: each costs some 2 milliseconds, most of them for its language."""
_ENDS = ("</rss>", "</feed>", "</rdf:RDF>", ":RDF>", ":feed>")
_LONGEST_NAME = 200

_VOCABULARY = re.compile(
    r"^(?:dc|dcterms|content)?$|purl\.org/(?:rss|dc|atom)|w3\.org/2005/Atom|netscape\.com|userland\.com"
)
"""Namespaces and prefixes of what is read, or none: others (media, podcasts) have titles and texts of their own."""
_TEXTS = ("encoded", "content", "description", "summary")
_DATES = ("pubDate", "published", "issued", "date")


@dataclass(frozen=True)
class _Item:
    """What a feed's item says, as it says it."""

    link: str
    id: str
    title: str
    texts: list[str]
    authors: list[str]
    published: str


def items(response: responses.Response, captured_at: datetime) -> list[Outcome]:
    """What comes of each item, in the order of the feed; one refusal alone where the body is no feed."""
    try:
        said, is_cut = _said(response)
    except RefusedError as refused:
        return [refused.refusal]
    found = [_outcome(item, name, captured_at) for item, name in zip(said, _names(said), strict=True)]
    if found and is_cut:
        detail = "the feed breaks off, so this last item may be cut"
        found[-1] = Refusal("unreadable", detail, list(_names(said))[-1])
    return found


def _said(response: responses.Response) -> tuple[list[_Item], bool]:
    """The items, and whether the feed breaks off."""
    check_served(response)
    words = encoding.decode(response.body, response.headers.get("content-type", ""))
    if (tags := words.count("<")) > MAX_TAGS:
        raise RefusedError("too_large", f"{tags} tags, more than {MAX_TAGS}")
    if "<!ENTITY" in words:
        raise RefusedError("not_a_feed", "it declares entities of its own, which no feed needs and attacks do")
    return _read(words), not any(end in words[-2000:] for end in _ENDS)


def _read(words: str) -> list[_Item]:
    try:
        said = [_item(element) for element in syndicated.items(words)]
    except syndicated.EndlessError as error:
        raise RefusedError("too_large", str(error)) from error
    except syndicated.SyndicatedError as error:
        raise RefusedError("not_a_feed", str(error)) from error
    if len(said) > MAX_ITEMS:
        raise RefusedError("too_large", f"{len(said)} items, more than {MAX_ITEMS}")
    return said


def _item(element: etree._Element) -> _Item:
    own = [each for each in element if _VOCABULARY.search(_vocabulary(each))]
    said: dict[str, list[str]] = {}
    for each in own:
        said.setdefault(syndicated.name(each), []).append(_inner(each).strip())
    return _Item(
        link=syndicated.link(element),
        id=_first(said, ("guid", "id")),
        title=_first(said, ("title",)),
        texts=[words for name in _TEXTS for words in said.get(name, ())],
        authors=[_name_of(each) for each in own if syndicated.name(each) in ("author", "creator")],
        published=_first(said, _DATES),
    )


def _vocabulary(element: etree._Element) -> str:
    """The namespace of an element, or its prefix where the feed does not say what that stands for."""
    namespace, _, called = str(element.tag).rpartition("}")
    return namespace.removeprefix("{") or called.rpartition(":")[0]


def _first(said: dict[str, list[str]], names: tuple[str, ...]) -> str:
    return next((words for name in names for words in said.get(name, ()) if words), "")


def _inner(element: etree._Element) -> str:
    """What stands in an element: text, which may be HTML, or elements, as XHTML in Atom."""
    if not len(element):
        return element.text or ""
    inside = (etree.tostring(each, encoding="unicode") for each in element)
    return escape(element.text or "") + "".join(inside)


def _names(said: list[_Item]) -> Iterator[str]:
    """A name for each item that no other item of the feed has: its id, link or title, else its place."""
    seen: Counter[str] = Counter()
    for place, item in enumerate(said, 1):
        name = (text.line(item.id or item.link or item.title) or f"item {place}")[:_LONGEST_NAME]
        seen[name] += 1
        yield name if seen[name] == 1 else f"{name} ({seen[name]})"


def _outcome(item: _Item, name: str, captured_at: datetime) -> Outcome:
    try:
        return _article(item, captured_at)
    except RefusedError as refused:
        return Refusal(refused.refusal.rule, refused.refusal.detail, name)
    except Exception as error:  # whatever a library trips over in a hostile item: its neighbours are not touched
        return Refusal("unreadable", f"{type(error).__name__}: {error}"[:500], name)


def _article(item: _Item, captured_at: datetime) -> Article:
    url = _link(item)
    plain = text.clean(_longest(item))
    if not plain:
        raise RefusedError("no_text", "the item carries no text")
    check_not_endless(plain)
    return Article(
        url=url,
        title=text.line_of_markup(item.title),
        text=plain,
        authors=_authors(item),
        language=language.detect(plain),
        published=_published(item, captured_at),
        is_stub=False,
        method="feed",
        method_version=f"lxml {version('lxml')}",
    )


def _link(item: _Item) -> str:
    """The item's link, else its guid where that is an address."""
    for said in (item.link, item.id):
        try:
            return urls.canonical(said)
        except urls.NoUrlError:
            continue
    raise RefusedError("no_link", f"neither link nor guid is an address: {item.link or item.id!r}")


def _longest(item: _Item) -> str:
    """The text of the item's longest form: content:encoded or description."""
    html = max(item.texts, key=len, default="")
    # In an element of its own, because a fragment without any tag is no document to the parser.
    return markup.paragraphs(markup.parse(f"<html><body><div>{html}</div></body></html>")) if html.strip() else ""


def _authors(item: _Item) -> str | None:
    people = [name for words in item.authors if words for name in bylines.names(words)]
    return text.line_of_markup("; ".join(dict.fromkeys(people)))


def _name_of(author: etree._Element) -> str:
    """The name in `<author><name>N</name></author>`, `N`, `n@example.org (N)` or `N <n@example.org>`."""
    names = [each.text for each in author if syndicated.name(each) == "name"]
    said = names[0] if names else author.text
    return " ".join(word for word in (said or "")[: text.LONGEST_LINE].split() if "@" not in word).strip("()<> ")


def _published(item: _Item, captured_at: datetime) -> Published:
    """The item's own date. Its time of update says nothing of when it was published."""
    return dates.choose([dates.read(item.published, "feed")], captured_at)
