"""Captured bytes: WARC files that any tool can read, read here as if anybody had written them."""

import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import IO
from uuid import NAMESPACE_URL, uuid5

from fastwarc.stream_io import GzipWriter
from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from troopwatch.lake import LakeError, replacing

MAX_BLOCK = 64 << 20
"""Largest record that is read, in bytes: an HTTP head and a body as served."""


@dataclass(frozen=True)
class Record:
    """One captured HTTP response: `block` is its head and body, byte for byte as served."""

    url: str
    captured_at: datetime
    block: bytes
    offset: int = 0


@dataclass(frozen=True)
class Damage:
    """A place in a WARC file that cannot be read, and why."""

    offset: int
    reason: str
    url: str | None = None


def read(path: Path) -> Iterator[Record | Damage]:
    """The responses of a WARC file, each checked against its digest; what is damaged comes as Damage.

    A file that cannot be opened raises OSError.
    """
    with path.open("rb") as file:
        yield from _read(file)


def read_at(path: Path, offset: int) -> Record | Damage:
    """The response that starts at `offset`. Raises OSError where the file is missing."""
    with path.open("rb") as file:
        file.seek(offset)
        found = next(_read(file), None)
    return found or Damage(offset, "no response starts here")


def _read(file: IO[bytes]) -> Iterator[Record | Damage]:
    position, item = 0, None
    try:
        for record in ArchiveIterator(file, record_types=WarcRecordType.any_type, parse_http=False):
            position = record.stream_pos
            if record.record_type == WarcRecordType.response:
                item = _checked(record, position)
                yield item
    except (OSError, ValueError) as error:
        yield Damage(position, f"no further record can be read: {error}")
    else:
        if not isinstance(item, Damage) and _is_torn(file, position):
            yield Damage(position, "the file breaks off after this record")


def _is_torn(file: IO[bytes], last: int) -> bool:
    """Whether a gzip file ends inside a member that starts after the last record: the reader would not say so."""
    file.seek(last)
    rest = file.read()
    while rest[:1] == b"\x1f":
        member = zlib.decompressobj(zlib.MAX_WBITS | 16)
        while rest and not member.eof:
            member.decompress(rest, 1 << 20)  # in pieces: a member may unpack to anything
            rest = member.unconsumed_tail
        if not member.eof:
            return True
        rest = member.unused_data
    return False


def _checked(record: WarcRecord, offset: int) -> Record | Damage:
    """A record, or why it cannot be trusted: a truncated gzip file is otherwise read without a word."""
    url = record.headers.get("WARC-Target-URI")
    if not url or record.headers.get("WARC-Date") is None:
        return Damage(offset, "it has no WARC-Target-URI or no WARC-Date", url)
    if record.content_length > MAX_BLOCK:
        return Damage(offset, f"it is larger than {MAX_BLOCK} bytes", url)
    if record.headers.get("WARC-Block-Digest") and not record.verify_block_digest(consume=False):
        return Damage(offset, "it is truncated or altered: its digest does not match", url)
    block = record.reader.read()
    if len(block) != record.content_length:
        return Damage(offset, f"it is truncated: {len(block)} of {record.content_length} bytes", url)
    return Record(url, record.record_date.astimezone(UTC), block, offset)


class Writer:
    """Writes records to an open file, one gzip member each, so that a reader can start at any of them."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._gzip = GzipWriter(file, compression_level=6)

    def write(self, record: Record) -> int:
        """Append a response; where it starts in the file, in bytes. The same response gives the same bytes."""
        offset = self._file.tell()
        when = record.captured_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        name = uuid5(NAMESPACE_URL, f"{record.url} {when} {sha256(record.block).hexdigest()}")
        made = WarcRecord()
        made.init_headers(WarcRecordType.response, f"uuid:{name}".encode(), content_length=0)
        made.headers["WARC-Target-URI"] = record.url
        made.headers["WARC-Date"] = when
        made.headers["Content-Type"] = "application/http; msgtype=response"
        made.is_http = True
        made.set_bytes_content(record.block)
        made.write(self._gzip, checksum_data=True)
        self._gzip.finish()
        self._file.flush()  # a process that is killed later takes nothing of this record with it
        return offset


@contextmanager
def writing(path: Path) -> Iterator[Writer]:
    """A writer whose file takes the place of `path` at the end, whole, or not at all. Raises LakeError."""
    with replacing(path) as file:
        yield Writer(file)


@contextmanager
def adding(path: Path) -> Iterator[Writer]:
    """A writer to a new file that is there from its first record on: killed, it leaves all that was written.

    Raises LakeError where the disk is full or the folder cannot be written to.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            yield Writer(file)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise LakeError(
            f"cannot write {path}: {error.strerror or error}; what was captured before is intact"
        ) from error


def mend(path: Path) -> None:
    """Cut off the record at the end that a killed process has left unfinished. Raises LakeError."""
    try:
        whole = _whole_bytes(path)
        if whole < path.stat().st_size:
            os.truncate(path, whole)
    except OSError as error:
        raise LakeError(f"cannot mend {path}: {error.strerror or error}") from error


def _whole_bytes(path: Path) -> int:
    """How many bytes from the start of a file are whole gzip members."""
    whole, at, member = 0, 0, zlib.decompressobj(zlib.MAX_WBITS | 16)
    with path.open("rb") as file:
        while rest := file.read(1 << 16):
            at += len(rest)
            while rest:
                try:
                    member.decompress(rest, 1 << 20)
                except zlib.error:
                    return whole
                rest = member.unconsumed_tail
                if member.eof:
                    rest = member.unused_data
                    whole, member = at - len(rest), zlib.decompressobj(zlib.MAX_WBITS | 16)
    return whole
