"""The HTTP responses in captured records, what their bodies were packed with undone, and no bomb unpacked whole."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from typing import Any

from fastwarc.stream_io import BrotliReader, ChunkedReader, GzipReader, ZstdReader
from fastwarc.warc import WarcRecord, WarcRecordType

from troopwatch.captures import Record

MAX_BODY = 16 << 20
"""Largest body after its content encoding is undone: far above any article, far below what a bomb unpacks to."""
MAX_CODINGS = 4
"""Most codings of one body, which a server may stack: each costs buffers and time."""

_READERS: Mapping[str, Callable[[Any], Any]] = {
    "chunked": ChunkedReader,
    "gzip": GzipReader,
    "x-gzip": GzipReader,
    "deflate": partial(GzipReader, zlib=True),
    "br": BrotliReader,
    "zstd": ZstdReader,
}
"""What undoes a transfer or content coding, a few kilobytes at a time."""


@dataclass(frozen=True)
class Response:
    """An HTTP response with its content encoding undone; header names are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class UnreadableResponseError(ValueError):
    """A record whose block is no HTTP response."""


class TooLargeError(UnreadableResponseError):
    """A record whose body unpacks to more than MAX_BODY."""


def of(record: Record) -> Response:
    """The HTTP response in a record. Raises UnreadableResponseError."""
    inner = _parsed(record)
    try:
        body = _unpacked(inner.reader.read(), _codings(inner))
    except (OSError, ValueError) as error:
        raise UnreadableResponseError(f"its HTTP response cannot be read: {error}") from error
    if len(body) > MAX_BODY:
        raise TooLargeError(f"its body is larger than {MAX_BODY} bytes")
    if inner.http_headers.status_code is None:
        raise UnreadableResponseError("it is no HTTP response: it has no status")
    return Response(inner.http_headers.status_code, _headers(inner), body)


def head(record: Record) -> dict[str, str]:
    """The headers of the response in a record, names in lower case. Raises UnreadableResponseError."""
    return _headers(_parsed(record))


def _parsed(record: Record) -> WarcRecord:
    inner = WarcRecord()
    inner.init_headers(WarcRecordType.response, content_length=0)
    inner.is_http = True
    inner.set_bytes_content(record.block)
    try:
        inner.parse_http(auto_decode="none")  # decoding there unpacks a bomb whole before anything can be counted
    except (OSError, ValueError) as error:
        raise UnreadableResponseError(f"its HTTP response cannot be read: {error}") from error
    return inner


def _headers(inner: WarcRecord) -> dict[str, str]:
    return {name.lower(): value for name, value in inner.http_headers}


def _codings(record: WarcRecord) -> list[str]:
    """The names of what has to be undone, the outermost first."""
    said = ", ".join(record.http_headers.get(name) or "" for name in ("Content-Encoding", "Transfer-Encoding"))
    return [word for word in reversed(said.lower().replace(" ", "").split(",")) if word not in ("", "identity")]


def _unpacked(body: bytes, codings: list[str]) -> bytes:
    """At most MAX_BODY + 1 bytes of a body as it was meant; no more than that is ever in memory. Raises ValueError."""
    if len(codings) > MAX_CODINGS or not _READERS.keys() >= set(codings):
        raise ValueError(f"nobody can undo {', '.join(codings)[:200]}")
    reader: Any = BytesIO(body)
    for name in codings:
        reader = _READERS[name](reader)
    return bytes(reader.read(MAX_BODY + 1))
