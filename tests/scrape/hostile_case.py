"""What a hostile case is, and the pieces that many are made of."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from hostile_server import Answer

SITE = "93.184.215.14"
"""The one address that is there in the worker's internet."""
LINK = "http://site.example/page"
MIB = 1 << 20


@dataclass(frozen=True)
class Case:
    """Something hostile, and what it ends as: the row of `fetches`, and what normalize makes of what was stored."""

    name: str
    what: str
    ends: str = "stored"
    """Outcome of the address in `fetches`."""
    reason: str = ""
    """Words of its reason."""
    becomes: str = ""
    """`document`, the rule of the quarantine, or nothing where nothing was stored."""
    says: str = ""
    """Words of the document's text, or of the quarantine's detail."""
    besides: str = ""
    """Words of the row of the file itself, where part of it cannot be read."""
    answers: Mapping[str, Answer] = field(default_factory=dict)
    link: str = LINK
    """The address that the listing names beside a good one."""
    role: str = "page"
    """Which row is the case's: the page's or the listing's."""
    kind: str = "feed"
    content: str = "page"
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What hosts resolve to, the first time and later."""
    certificate: str = "good"
    seconds: float = 20.0
    """The deadline of a request."""
    warc: Callable[[], Iterable[bytes]] | None = None
    """The bytes of a WARC file, for a source of captures made elsewhere."""


def reply(body: bytes, *headers: bytes, status: bytes = b"200 OK", length: int | None = None) -> Answer:
    """A response with this body; `length` is what it says of its length."""
    size = b"Content-Length: %d" % (len(body) if length is None else length)
    lines = (b"HTTP/1.1 " + status, size, *headers)
    return lambda: (b"\r\n".join(lines) + b"\r\n\r\n", body)


def at_once(answer: Answer) -> Answer:
    """The same in one piece, so that what comes after the end comes with it."""
    return lambda: [b"".join(answer())]


def to(location: str) -> Answer:
    return reply(b"", b"Location: " + location.encode(), status=b"302 Found")


def at(page: Answer) -> dict[str, Answer]:
    """The case's page on its host."""
    return {"/page": page}


def listing(body: bytes) -> dict[str, Answer]:
    return {"/list": reply(body)}


def feed(*links: str, head: str = "") -> bytes:
    items = "".join(f"<item><link>{link}</link></item>" for link in links)
    return f'<?xml version="1.0"?>{head}<rss version="2.0"><channel>{items}</channel></rss>'.encode()


def html(body: bytes = b"", head: bytes = b"") -> bytes:
    """A page with an article of some length, and what a case adds to its head and body."""
    words = b"The ministry said on Tuesday that the brigade would leave its barracks in spring and return in autumn. "
    text = b"".join(b"<p>" + bytes([65 + i]) + b". " + words * 2 + b"</p>" for i in range(8))
    return (
        b"<html><head>"
        + head
        + b"</head><body><article><h1>A brigade leaves</h1>"
        + body
        + text
        + b"</article></body></html>"
    )
