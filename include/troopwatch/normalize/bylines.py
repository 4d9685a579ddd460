"""Who wrote an article: the names of people, out of bylines that also name agencies, roles and the site itself."""

import re
from collections.abc import Iterable, Iterator

from lxml.html import HtmlElement

from troopwatch.normalize import jsonld, text
from troopwatch.normalize.metadata import Head

_META = (
    "author",
    "article:author",
    "article:author_name",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "byl",
    "citation_author",
    "twitter:data1",
)
_MARKED = "//*[@itemprop='author' or @rel='author' or contains(@class, 'p-author')]"
_LABELLED = "//*[contains(@class, 'by') or contains(@class, 'uthor') or contains(@class, 'riter')]"
_BYLINE = re.compile(
    r"(?:^|\s)by(?:$|\s)|(?:^|[\s_-])(?:byline|author|writer)s?(?:[\s_-]*name)?(?:$|\s)", re.IGNORECASE
)
_ELSEWHERE = re.compile(r"comment|related|sidebar|widget|footer|recirc|reply|respond", re.IGNORECASE)
_LONGEST, _MOST = 200, 12
"""Characters of a byline, and names in it; more is the text of a box about the author."""

_OPENING = re.compile(
    r"^(?:(?:[A-Z]\w+ )?(?:[Bb][Yy]|BY)\b[\s:]*|[Bb]y(?=[A-Z][a-z])|"
    r"(?:From|Posted|Written|Author|Text|Story|Von|Por|Par)\b:?\s+)"
)
_RUN_ON = re.compile(r"(?<=[a-z]{4})(?=[A-Z][a-z]+\s)|(?<=[A-Za-z])(?=(?:The )?(?:Associated Press|Reuters\b))")
_SEPARATOR = re.compile(
    r"\s*[;|/·•\n]\s*|\s+[–—-]\s+|,?\s+(?:[Aa]nd|AND|&|with|und|et|y)\s+|\s*,\s*|(?<=[a-z]{3})\.\s+"
)
_ROLE = re.compile(
    r"\s+(?:senior|chief|staff|special|associate|contributing|deputy|managing|executive)\b.*", re.IGNORECASE
)
_SURNAME_FIRST = re.compile(r"([^\W\d_][\w'’-]+), ([^\W\d_][\w'’.-]+(?: [^\W\d_][\w'’.-]*)?)")
_NO_PERSON_WORDS = (
    "admin administrator advertiser afp agence agencies agency ani ansa ap associated association author authors blog "
    "board bio biography bureau business center centre channel columnist com committee communications company "
    "contributor contributors corporation correspondent correspondents cup department desk digital edit editor "
    "editorial editors exclusive express fm follow foundation gazette group guest herald ians inc institute "
    "international journal limited llc ltd magazine media ministry more national network networks newspaper newspapers "
    "news newsroom newswire office online photo photos post press profile pti published radio read redaction redacción "
    "reporter reporters reuters science service services sport sports staff studio studios subscribe team telegraph "
    "the times tribune tv unknown updated upi user users view webdesk webmaster website weekly wire wires writer "
    "writers xinhua yonhap monday tuesday wednesday thursday friday saturday sunday today yesterday am pm edt est gmt "
    "utc гость редакция автор 기자"
)
_NO_PERSON = frozenset(_NO_PERSON_WORDS.split())
_SMALL_WORDS = "al bin bint da das de del della den der di do dos du e el ibn la le ten ter van von y"
_SMALL = frozenset(_SMALL_WORDS.split())
_SUFFIX = re.compile(r"(?:Jr|Sr)\.?|I{2,3}|IV")
_NAME = re.compile(r"[^\W\d_][\w'’‘`.-]*")


def read(tree: HtmlElement, head: Head, linked: jsonld.Linked) -> tuple[str, ...]:
    """Names in their order, without doubles: from JSON-LD, meta elements or the first byline; () where none is."""
    owners = {_squashed(site) for site in (*head.sites, *linked.publishers)} - {""}
    for said in (linked.authors, *([words] for words in _stated(head))):
        if found := _people(said, owners, head.host):
            return found
    # A single word in a byline is a city or a label more often than a name.
    shown = (_people(said, owners, head.host) for said in _bylines(tree))
    return next((found for found in shown if any(" " in name for name in found)), ())


def _stated(head: Head) -> Iterator[str]:
    for name in _META:
        if said := [words for words in head.said(name) if "://" not in words]:
            yield "; ".join(said[:_MOST])


def _bylines(tree: HtmlElement) -> Iterator[list[str]]:
    """Words of elements that are marked as the author, those with the same parent together; then of bylines."""
    marked = [element for element in tree.xpath(_MARKED)[:_MOST] if not _is_elsewhere(element)]
    if marked:
        yield [each.text_content() for each in marked if each.getparent() is marked[0].getparent()]
    for element in tree.xpath(_LABELLED):
        if _BYLINE.search(f"{element.get('class') or ''} {element.get('id') or ''}") and not _is_elsewhere(element):
            yield [_lines(element)]


def _lines(element: HtmlElement) -> str:
    """Text of an element, with a separator between what its parts say: names and roles stand side by side in them."""
    return "\n".join(words for words in (piece.strip() for piece in element.itertext()) if words)


def _is_elsewhere(element: HtmlElement) -> bool:
    """Whether it stands among comments, teasers or at the foot of the page."""
    return element.tag == "body" or any(
        _ELSEWHERE.search(f"{each.get('class') or ''} {each.get('id') or ''}") and each.find(".//h1") is None
        for each in element.iterancestors("div", "section", "ul", "aside", "li")
    )


def _people(said: Iterable[str], owners: set[str], host: str) -> tuple[str, ...]:
    found = [name for words in said for name in names(words, owners, host)]
    first = {name.casefold(): name for name in reversed(found)}
    return tuple(name for name in dict.fromkeys(found) if first[name.casefold()] == name)[:_MOST]


def names(words: str, owners: Iterable[str] = (), host: str = "") -> list[str]:
    """The people that a byline names. `owners` are the site's own names, squashed to their letters."""
    plain = "\n".join(filter(None, (text.line_of_markup(part) for part in words[: 10 * _LONGEST].split("\n"))))
    if len(plain) > _LONGEST * 2:
        return []
    plain = _OPENING.sub("", plain).strip(" ,;–—-:\n")
    if (turned := _SURNAME_FIRST.fullmatch(plain)) and not _is_no_person(turned[2]) and not _is_short_code(turned[2]):
        plain = f"{turned[2]} {turned[1]}"
    found: list[str] = []
    for part in _SEPARATOR.split(_RUN_ON.sub("; ", plain)):
        if found and _SUFFIX.fullmatch(part):
            found[-1] = f"{found[-1]} {part}"
        elif name := _person(part, owners, host):
            found.append(name)
    whole = [name for name in found if " " in name]
    return whole or found  # beside a whole name a single word is where somebody works


def _person(part: str, owners: Iterable[str], host: str) -> str | None:
    """A name as it stands, without role and brackets; None for what is no person."""
    has_brackets = "(" in part
    name = _ROLE.sub("", re.sub(r"\([^)]*\)?", "", _OPENING.sub("", part.strip()))).strip(" .,:-–—'’\"“”")
    pieces = name.split()
    if not 0 < len(pieces) <= 5 or len(name) > 60 or not all(_NAME.fullmatch(piece) for piece in pieces):
        return None
    if _is_no_person(name) or any(piece[0].islower() and piece.casefold() not in _SMALL for piece in pieces):
        return None
    squashed = _squashed(name)
    if squashed in owners or (pieces[0][0].islower() and len(pieces) == 1):
        return None
    is_alone = len(pieces) == 1
    if is_alone and (has_brackets or _is_short_code(name) or (squashed in _squashed(host) and len(squashed) > 1)):
        return None
    return name


def _is_no_person(name: str) -> bool:
    return any(
        piece.strip(".'’").removesuffix("'s").removesuffix("’s") in _NO_PERSON
        for piece in re.split(r"[\s-]+", name.casefold())
    )


def _is_short_code(name: str) -> bool:
    """Initials, an agency's or a degree's: MS, PTI, PhD."""
    return name.isascii() and (len(name) < 3 or (name.isupper() and len(name) <= 7) or name == "PhD")


def _squashed(words: str) -> str:
    return "".join(re.findall(r"[^\W_]+", words.casefold()))
