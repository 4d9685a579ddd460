"""Bytes of a page or a feed to text: what they are counts more than what they are declared to be."""

import codecs
import re
from functools import cache
from itertools import islice

from charset_normalizer import from_bytes

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_META = re.compile(rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", re.IGNORECASE)
_XML = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9_:.-]{2,40})""", re.IGNORECASE)
_HEADER = re.compile(r"""charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", re.IGNORECASE)
_MARKUP = re.compile(rb"<[^<>!][^<>]*>")  # a CDATA section, which starts with <!, is text
_HIGH_WORD = re.compile(rb"[A-Za-z]*[\x80-\xff][A-Za-z\x80-\xff]*")
_HEAD = 4096
"""Where browsers look for a meta charset, in bytes, and room to spare."""
_LARGE, _SAMPLE = 1_000_000, 60_000
"""Bytes of a page, and of its text, that an encoding is guessed from."""

_BROADER = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
    "tis-620": "cp874",
}
"""What browsers read where a page names the key: the wider encoding that such pages are really in."""
_SUSPECTS = "cp1252 cp1250 cp1251 cp1253 cp1254 cp1255 cp1256 koi8_r cp949 gb18030 big5 cp932 euc_jp"

# UTF-8 that was read as windows-1252 and encoded again. Only the three lead characters that no word of a Western
# language puts before these, so that text which is right stays as it is.
_CONTINUATION = "".join(bytes([b]).decode("cp1252", "replace").replace("\ufffd", chr(b)) for b in range(0x80, 0xC0))
_DOUBLE = re.compile(f"â[{_CONTINUATION}]{{2}}|[ÂÃ][{_CONTINUATION}]")
_LEAST_DOUBLES = 2


def _western(error: UnicodeError) -> tuple[str, int]:
    """Stray bytes in UTF-8 are windows-1252: a quote pasted from elsewhere, a template in another encoding."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    stray = error.object[error.start : error.start + 1]
    return stray.decode("cp1252", "replace"), error.start + 1


codecs.register_error("troopwatch_western", _western)


def decode(body: bytes, content_type: str = "") -> str:
    """The text of a page. Never fails: what cannot be read comes as U+FFFD.

    In order: BOM; UTF-8 if the bytes are that, whatever is declared; the declared encodings (header, then markup) if
    all bytes are right in them; UTF-8 with a few stray bytes; windows-1252 for text that is mostly ASCII; a guess.
    """
    for bom, name in _BOMS:
        if body.startswith(bom):
            return undouble(body[len(bom) :].decode(name, "replace"))
    return undouble(_strict(body, _declared(body, content_type)) or _loose(body))


def _declared(body: bytes, content_type: str) -> list[str]:
    head = body[:_HEAD]
    found = [m[1] for m in (_HEADER.search(content_type),) if m]
    found += [m[1].decode("ascii") for m in (_META.search(head), _XML.search(head)) if m]
    return [name for name in map(_python_name, found) if name]


def _python_name(label: str) -> str | None:
    """Python's name of a text encoding; None for what is none (`base64` and `rot13` are codecs too)."""
    try:
        info = codecs.lookup(label)
        "".encode(label)
    except (LookupError, ValueError):
        return None
    return _BROADER.get(info.name, info.name)


def _strict(body: bytes, declared: list[str]) -> str | None:
    for name in ["utf-8", *declared]:
        if name == "utf-8" and b"\x1b$" in body and "iso2022_jp" in declared:
            continue  # pure ASCII bytes that are not ASCII text
        try:
            return body.decode(name)
        except (UnicodeDecodeError, ValueError):
            continue
    return None


def _loose(body: bytes) -> str:
    lost = body.decode("utf-8", "replace")
    right = sum(character > "\x7f" for character in lost) - lost.count("\ufffd")
    if right > lost.count("\ufffd"):
        return body.decode("utf-8", "troopwatch_western")
    return body.decode(_guess(_MARKUP.sub(b" ", body[:_LARGE])[:_SAMPLE]), "replace")


def _guess(sample: bytes) -> str:
    """Western words are mostly ASCII, and detectors take their few quotes for Central European; others are hardly."""
    words = b"".join(_HIGH_WORD.findall(sample))
    if 2 * sum(byte > 0x7F for byte in words) < len(words):
        return "cp1252"
    best = from_bytes(sample, cp_isolation=_SUSPECTS.split()).best()
    return best.encoding if best else "cp1252"


def undouble(words: str) -> str:
    """Text in which UTF-8 was read as windows-1252, as it was meant: `â€™` becomes a quote."""
    if len(list(islice(_DOUBLE.finditer(words), _LEAST_DOUBLES))) < _LEAST_DOUBLES:
        return words
    return _DOUBLE.sub(lambda match: _once(match[0]), words)


@cache  # of 4,224 at most: a page of millions would otherwise fill the memory with copies
def _once(doubled: str) -> str:
    try:
        return b"".join(_byte(character) for character in doubled).decode("utf-8")
    except UnicodeDecodeError:
        return doubled


def _byte(character: str) -> bytes:
    return bytes([ord(character)]) if character < "\u0100" else character.encode("cp1252")
