"""Plain text as the tables hold it: Unicode NFC, no control characters, paragraphs separated by an empty line."""

import re
import unicodedata
from html import unescape

LONGEST_LINE = 500
"""A title or a list of authors is cut here, in code points: some pages put their whole text in one."""

LONGEST_TEXT = 500_000
"""Code points of a text that is still an article; the longest of 312 real pages has 118,000."""

_BREAKS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_GONE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f"  # control characters
    "\u00ad\u200b\u2060\ufeff"  # invisible: they split words for whoever searches
    "\u200e\u200f\u202a-\u202e\u2066-\u2069"  # direction marks: they reorder what a reader sees
    "\ud800-\udfff\ufff9-\ufffb\ufffe\uffff]"  # surrogates and noncharacters: not text
)
_TAG = re.compile(r"<[^<>]{0,1000}>")


def clean(words: str) -> str:
    """Text with its paragraphs kept: every line that says something is one. Applied twice it changes nothing."""
    plain = unicodedata.normalize("NFC", _GONE.sub("", _BREAKS.sub("\n", words)))
    return "\n\n".join(line for line in (" ".join(piece.split()) for piece in plain.split("\n")) if line)


def line(words: str | None) -> str | None:
    """Words on one line, cut to LONGEST_LINE; None where nothing is left."""
    if words is None:
        return None
    return " ".join(clean(words[: LONGEST_LINE * 20]).split())[:LONGEST_LINE].strip() or None


def without_markup(words: str) -> str:
    """Text whose author wrote HTML where plain text belongs: entities resolved, tags gone, <p> and <br> as breaks."""
    if "<" in words:
        words = re.sub(r"(?i)<(?:br|/?p|/?div|/?li)\b[^<>]{0,1000}>", "\n", words)
        words = _TAG.sub("", words)
    return unescape(words)


def line_of_markup(words: str | None) -> str | None:
    """`line` of a title or name in which entities or tags may stand."""
    return line(without_markup(words[: LONGEST_LINE * 20])) if words else None
