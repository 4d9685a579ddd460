"""Cut a text into sentences with their offsets, in one pass over it.

Built for news: a blank line always ends a sentence, abbreviations do not, a stop inside a quotation ends one only with
the quotation mark. No sentence is longer than `LONGEST`, so that the parser's work is bounded whatever comes.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from troopwatch.detect.reading.wordset import words

LONGEST = 2_000
"""Code points; about 400 tokens. Longer stretches are cut at a space (or, where there is none, anywhere)."""

TITLES = words(
    "mr mrs ms dr gen lt col maj sgt capt cmdr cdr adm cpl pvt brig sen rep gov pres prof st messrs hon rev "
    "fr sr amb supt insp dept no nos vs fig vol art sec approx est ret"
)
"""Always followed by more of the same sentence."""

MONTHS = words("jan feb mar apr jun jul aug sept sep oct nov dec")

ENDINGS = words(
    "u.s u.n u.k u.a.e e.u d.c a.m p.m inc corp co ltd llc plc jr etc al bros ph.d u.s.s.r calif fla ore wash "
    "mass conn tex colo ill ariz ga va pa n.y n.j n.c s.c l.a km mi ft"
)
"""May end a sentence: they do when the next word is one that sentences begin with."""

OPENERS = words(
    "the a an he she it they we i you this that these those in on at but and however meanwhile there his her "
    "its their our my if when while as after before for with from by to so yet still what who why how since "
    "although though according also both one two some many most all each no not"
)

_END = re.compile(
    r"\n[ \t\r\f\v]*\n\s*|[.!?\u2026]{1,6}[\"'\u201d\u2019)\]\u00bb]{0,4}(?=\s|$|[A-Z][a-z]+\s)|[\u3002\uff01\uff1f]"
)
_WORD_BEFORE = re.compile(r"[^\s(\[\"'\u201c\u2018\u2014\u2013-]+$")
_NEXT = re.compile(r"\s*[\"'\u201c\u2018(\[\u00ab\u2014\u2013-]*\s*(\w+)?")
_INITIALS = re.compile(r"(?:[a-z]\.)+[a-z]")
_NUMBER_AFTER = re.compile(r"\s*\d")


@dataclass(frozen=True)
class Sentence:
    """A sentence of a text: `text` is what stands there from `start` to `end`; `left` is the sentence before it."""

    start: int
    end: int
    text: str
    left: str


def split(text: str) -> Iterator[Sentence]:
    """The sentences of `text` in order; they never overlap, and what lies between them is white space."""
    left = ""
    for start, end in _pieces(text):
        words = text[start:end]
        yield Sentence(start, end, words, left)
        left = words


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    begin = 0
    for mark in _END.finditer(text):
        if mark.start() < begin or not _ends(text, mark):
            continue
        yield from _bounded(text, begin, mark.end())
        begin = mark.end()
    yield from _bounded(text, begin, len(text))


def _bounded(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretch without surrounding space, cut where it is too long; nothing when only space is left."""
    while start < end:
        stop = min(end, start + LONGEST)
        if stop < end:
            space = text.rfind(" ", start + LONGEST // 2, stop)
            stop = space if space > 0 else stop
        first, last = start, stop
        while first < last and text[first].isspace():
            first += 1
        while last > first and text[last - 1].isspace():
            last -= 1
        if first < last:
            yield first, last
        start = stop


def _ends(text: str, mark: re.Match[str]) -> bool:
    """Whether a sentence ends at this mark."""
    if mark[0][0] == "\n":
        return True
    after = _NEXT.match(text, mark.end(), mark.end() + 60)
    following = (after[1] if after else None) or ""
    if mark[0][0] != ".":
        # "Why?" he asked: a lower-case word goes on with the sentence.
        return not following[:1].islower()
    return _stop_ends(text, mark, following)


def _stop_ends(text: str, mark: re.Match[str], following: str) -> bool:
    found = _WORD_BEFORE.search(text, max(0, mark.start() - 15), mark.start())
    word = found[0].lower() if found else ""
    glued = mark.end() < len(text) and not text[mark.end()].isspace()
    if glued:
        # "in Poland.He said": only after a plain word, so that addresses and versions stay whole.
        return len(word) > 2 and word.isalpha() and mark[0] == "."
    if len(mark[0]) > 1 and mark[0][1] != ".":
        return not following[:1].islower()
    if word in TITLES or (word in MONTHS and _NUMBER_AFTER.match(text, mark.end())):
        return False
    if word in ENDINGS or _INITIALS.fullmatch(word):
        return (following.lower() in OPENERS and following[:1].isupper()) or not following
    if len(word) == 1 and word.isalpha():
        return following.lower() in OPENERS and following[:1].isupper()
    return not following[:1].islower()
