"""What comes over the wire: responses without end, wrong lengths, broken TLS, bombs."""

import time
from collections.abc import Iterable
from itertools import chain, count, repeat

from hostile_bombs import bomb_in_bomb, brotli_bomb, gzip_bomb, zstd_bomb
from hostile_case import MIB, Case, at, at_once, html, reply
from hostile_server import TLS_HELLO, nothing_there

SHORT = 2.0
"""A deadline in seconds that only what would never end exceeds."""
_HEAD = b"HTTP/1.1 200 OK\r\n"
_CHUNKED = _HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
_AGENTS = b"".join(b"User-agent: a%d\n" % n for n in range(15_000)) + b"Disallow: /\n" * 15_000
_WILDCARDS = b"User-agent: *\nDisallow: /" + b"*a" * 100_000 + b"b\n" + b"Disallow: /*a*a*a*a*a*a*a*a*a*ab$\n" * 9_000
_LONG = "http://site.example/" + "a" * 7000
_SECURE = "https://site.example/page"


def drip() -> Iterable[bytes]:
    """A byte a time, with a second between them as far as the shortened deadline can tell."""
    yield _HEAD + b"\r\n"
    for _ in range(100):
        yield b"x"
        time.sleep(0.1)


def silence() -> Iterable[bytes]:
    time.sleep(2 * SHORT)
    return ()


def drip_head() -> Iterable[bytes]:
    for byte in _HEAD * 9:
        yield bytes([byte])
        time.sleep(0.1)


def bomb(coding: bytes, body: bytes) -> dict[str, object]:
    return at(reply(body, b"Content-Type: text/html", b"Content-Encoding: " + coding))


ENDLESS = [
    Case("drip", "a body that drips a byte at a time", "failed", "no complete answer within", answers=at(drip), seconds=SHORT),
    Case("dripping head", "headers that drip a byte at a time", "failed", "no complete answer within", answers=at(drip_head),
         seconds=SHORT),
    Case("silence", "a server that takes the request and says nothing", "failed", "no complete answer within",
         answers=at(silence), seconds=SHORT),
    Case("endless headers", "header lines without end", "failed", "Too many headers received",
         answers=at(lambda: chain([_HEAD], (b"X-%d: y\r\n" % n * 1000 for n in count())))),
    Case("endless header", "one header without end", "failed", "more than 8190 bytes", answers=at(lambda: chain([_HEAD, b"X: "], repeat(b"y" * MIB)))),
    Case("endless status", "a status line without end", "failed", "Bad status line", answers=at(lambda: repeat(b"H" * MIB))),
    Case("endless interim responses", "100 Continue, again and again", "failed", "no complete answer within", seconds=SHORT,
         answers=at(lambda: repeat(b"HTTP/1.1 100 Continue\r\n\r\n" * 10))),
    Case("endless body", "a body without length and without end", "failed", "larger than", answers=at(lambda: chain([_HEAD + b"\r\n"], repeat(b"x" * MIB)))),
    Case("endless chunks", "chunks without end", "failed", "larger than",
         answers=at(lambda: chain([_CHUNKED], repeat(b"100000\r\n" + b"x" * MIB + b"\r\n")))),
    Case("endless chunk extension", "a chunk header without end", "failed", "no complete answer within", seconds=SHORT,
         answers=at(lambda: chain([_CHUNKED, b"5;"], repeat(b"x" * MIB)))),
    Case("endless trailers", "trailers without end", "failed", "Too many headers received",
         answers=at(lambda: chain([_CHUNKED, b"1\r\nx\r\n0\r\n"], (b"X-%d: y\r\n" % n * 1000 for n in count())))),
]  # fmt: skip
LENGTHS = [
    Case("length too long", "Content-Length says more than comes", "failed", "Not enough data to satisfy content length", answers=at(reply(html(), length=99_999))),
    Case("length too short", "Content-Length says less than comes", "failed", "Bad status line",
         answers=at(at_once(reply(html(), length=60)))),
    Case("negative length", "Content-Length: -1", "failed", "Invalid character in Content-Length", answers=at(reply(html(), length=-1))),
    Case("two lengths", "two Content-Length headers that differ", "failed", "Duplicate Content-Length", answers=at(reply(html(), b"Content-Length: 3"))),
    Case("broken chunks", "a chunked body that breaks off", "failed", "Not enough data to satisfy transfer length", answers=at(lambda: [_CHUNKED, b"1000\r\n<html>"])),
    Case("no chunks", "chunked is said, and is not so", "failed", "Invalid character in chunk size", answers=at(lambda: [_CHUNKED + html()])),
    Case("no HTTP", "something that is not HTTP", "failed", "Bad status line", answers=at(lambda: [b"SSH-2.0-OpenSSH_9.6\r\n"])),
    Case("hang-up", "the connection is closed at once", "failed", "Server disconnected", answers=at(lambda: [])),
    Case("cookies", "5,000 Set-Cookie headers", "failed", "Too many headers received", answers=at(reply(html(), *(b"Set-Cookie: a%d=b" % n for n in range(5000))))),
    Case("empty", "200 with an empty body", becomes="empty", answers=at(reply(b"", b"Content-Type: text/html"))),
]  # fmt: skip
TLS = [
    Case("good TLS", "for comparison: a certificate that holds", becomes="document", link=_SECURE, answers=at(reply(html()))),
    *(
        Case(f"TLS: {name}", what, "failed", reason, link=_SECURE, certificate=name, answers=at(reply(html())))
        for name, what, reason in (
            ("self_signed", "a certificate that nobody but its owner signed", "certificate verify failed: self-signed certificate"),
            ("wrong_host", "the certificate of another host", "certificate is not valid for 'site.example'"),
            ("expired", "a certificate of yesterday", "certificate has expired"),
        )
    ),
    Case("plain text on a TLS port", "HTTP where TLS is expected", "failed", "SSL", link="https://site.example:80/page",
         answers={TLS_HELLO: nothing_there}),
    Case("silence on a TLS port", "a server that does not answer the handshake", "failed", "no complete answer within",
         link="https://site.example:80/page", answers={TLS_HELLO: silence}, seconds=SHORT),
    Case("TLS on a plain port", "TLS where HTTP is expected", "failed", "robots.txt cannot be had: Client", link="http://site.example:443/page"),
]  # fmt: skip
BOMBS = [
    *(
        Case(f"{name} bomb", f"1 GiB of zeros as {name}: stored as served, unpacked no further than the limit",
             becomes="too_large", says="larger than 16777216 bytes", answers=bomb(coding, body))
        for name, coding, body in (
            ("gzip", b"gzip", gzip_bomb()),
            ("brotli", b"br", brotli_bomb()),
            ("zstd", b"zstd", zstd_bomb()),
            ("gzip in gzip", b"gzip, gzip", bomb_in_bomb()),
        )
    ),
    Case("gzip bomb in robots.txt", "the same as robots.txt: a host that cannot say is not asked", "failed", "robots.txt cannot be read",
         answers={"/robots.txt": reply(gzip_bomb(), b"Content-Encoding: gzip")}, role="listing"),
    Case("gzip bomb as a feed", "the same as the listing", "failed", "larger than", role="listing",
         answers={"/list": reply(gzip_bomb(), b"Content-Encoding: gzip")}),
    Case("robots.txt of agents", "15,000 agents before 15,000 rules: a parser that gives each rule to each agent makes 225 million",
         becomes="document", answers={"/robots.txt": reply(_AGENTS), **at(reply(html()))}),
    Case("robots.txt of wildcards", "a rule of 100,000 wildcards and 9,000 of ten, for an address that they nearly match",
         becomes="document", link=_LONG, answers={"/robots.txt": reply(_WILDCARDS), _LONG[len("http://site.example"):]: reply(html())}),
    Case("robots.txt without end", "rules without end: a host that cannot say is not asked", "failed", "robots.txt cannot be had: its body is larger than",
         role="listing", answers={"/robots.txt": lambda: chain([_HEAD + b"\r\n"], repeat(b"Disallow: /x\n" * 9999))}),
    Case("twenty codings", "gzip, said twenty times", becomes="unreadable", says="nobody can undo gzip, gzip", answers=bomb(b"gzip, " * 20, gzip_bomb())),
    Case("lying coding", "gzip is said, and is not so", becomes="unreadable", says="Gzip decompression error", answers=bomb(b"gzip", html())),
    Case("unknown coding", "a coding that nobody knows", becomes="unreadable", says="nobody can undo x-own", answers=bomb(b"x-own", html())),
]  # fmt: skip

CASES = [*ENDLESS, *LENGTHS, *TLS, *BOMBS]
