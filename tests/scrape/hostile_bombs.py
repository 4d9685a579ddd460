"""A gibibyte of zeros in each coding, and other things that are small on the wire, made in little memory."""

import gzip
import zlib
from collections.abc import Iterator
from functools import cache

import brotli

MIB = 1 << 20
ZEROS = bytes(MIB)


@cache
def gzip_bomb() -> bytes:
    """One flushed block of a mebibyte, which repeats as it is."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(ZEROS) + packer.flush(zlib.Z_FULL_FLUSH)
    return b"\x1f\x8b\x08\0\0\0\0\0\0\xff" + block * 1024 + b"\x03\0" + bytes(8)


@cache
def brotli_bomb() -> bytes:
    packer = brotli.Compressor(quality=1)
    return b"".join(packer.process(ZEROS) for _ in range(1024)) + packer.finish()


@cache
def zstd_bomb() -> bytes:
    """8192 blocks that each say: this byte, 131072 times."""
    block = (((1 << 17) << 3) | 2).to_bytes(3, "little") + b"\0"
    return b"\x28\xb5\x2f\xfd\x00\x58" + block * 8191 + (((1 << 17) << 3) | 3).to_bytes(3, "little") + b"\0"


def bomb_in_bomb() -> bytes:
    return gzip.compress(gzip_bomb())


def warc_record(uri: bytes, block: bytes, *headers: bytes, length: int | None = None) -> bytes:
    size = b"Content-Length: %d" % (len(block) if length is None else length)
    lines = (b"WARC/1.0", b"WARC-Type: response", b"WARC-Target-URI: " + uri, b"WARC-Date: 2022-03-01T10:00:00Z", size)
    return b"\r\n".join((*lines, *headers)) + b"\r\n\r\n" + block + b"\r\n\r\n"


def packed(*pieces: bytes, zeros: int = 0, fill: bytes = b"\0") -> Iterator[bytes]:
    """A gzip member of some bytes, then `zeros` mebibytes of `fill`, which are packed once and repeated."""
    start, filled, packer = b"".join(pieces), fill * MIB, zlib.compressobj(1, zlib.DEFLATED, -15)
    yield b"\x1f\x8b\x08\0\0\0\0\0\0\xff" + packer.compress(start) + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(filled) + packer.flush(zlib.Z_FULL_FLUSH)
    checksum = zlib.crc32(start)
    for _ in range(zeros):
        checksum = zlib.crc32(filled, checksum)
        yield block
    size = len(start) + zeros * len(filled)
    yield packer.flush() + checksum.to_bytes(4, "little") + (size % (1 << 32)).to_bytes(4, "little")
