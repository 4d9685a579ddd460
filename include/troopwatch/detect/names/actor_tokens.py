"""The words of a text as the dictionaries compare them, with their offsets in it."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple


class Token(NamedTuple):
    """One word: `norm` is what is looked up, `start` and `end` are code points of the text as given."""

    norm: str
    start: int
    end: int


POSSESSIVE = "'s"
HYPHENS = frozenset("-\u2010\u2011\u2012\u2013\u2212")
# What may stand between the words of one name besides space: Guinea-Bissau, Workers' Party, AFC/M23.
_JOINTS = HYPHENS | {"' ", "\u2019 ", "/"}

_ABBREVIATED = "St|Gen|Lt|Col|Maj|Adm|Sen|Rep|Gov|Mr|Mrs|Ms|Dr|Brig|Sgt|Capt|Sec|Pres|Lieut|Cpl|Rev|Prof"
# A word may carry combining marks or soft hyphens where the text is decomposed or was typeset.
_WORD = {True: "[A-Za-z0-9]", False: "(?:[^\\W_]|[\u0300-\u036f\u00ad\u200d])"}
_APOSTROPHE = "['\u2019\u02bc\u02bb\u2018\u0060]"
# Not part of NFKD: letters that plain-ASCII spelling writes otherwise.
_SPELLED = str.maketrans(
    {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ß": "ss", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe"}
    | {"ı": "i", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ə": "a", "Ə": "A"}
)


def _pattern(plain: bool) -> re.Pattern[str]:
    word = _WORD[plain]
    possessive = rf"{_APOSTROPHE}[sS](?!{word})"
    return re.compile(
        rf"[A-Z](?:\.[A-Z])+\.?(?!{word})"
        rf"|(?:{_ABBREVIATED})\.(?=\s)"
        rf"|[A-Z]\.(?=\s)"
        rf"|{possessive}"
        rf"|{word}+(?:(?!{possessive}){_APOSTROPHE}{word}+)*"
    )


_PLAIN, _ANY = _pattern(True), _pattern(False)


@lru_cache(maxsize=20_000)
def _folded(word: str) -> str:
    marks = unicodedata.normalize("NFKD", word.translate(_SPELLED))
    return "".join(c for c in marks if c.isalnum())


def _norm(word: str) -> str:
    if word[-1] in "sS" and len(word) == 2 and not word[0].isalnum():
        return POSSESSIVE
    return word if word.isalnum() and word.isascii() else _folded(word)


# One sentence is read by the actors and by the places: remembering the last few saves half of the work.
@lru_cache(maxsize=8)
def tokenize(text: str) -> tuple[Token, ...]:
    """The words of `text`; "U.S." is US, "Côte d’Ivoire" is Cote dIvoire, "Russia’s" is Russia + 's."""
    pattern = _PLAIN if text.isascii() else _ANY
    return tuple(Token(_norm(m.group()), m.start(), m.end()) for m in pattern.finditer(text))


def joined(text: str, tokens: tuple[Token, ...], i: int) -> bool:
    """Whether word `i` follows the one before it within one name: by space or hyphen, no other punctuation."""
    gap = text[tokens[i - 1].end : tokens[i].start]
    return gap == " " or not gap or gap in _JOINTS or gap.isspace()


def hyphened(text: str, tokens: tuple[Token, ...], i: int) -> bool:
    """Whether a hyphen alone stands between word `i` and the one before it."""
    return 0 < i < len(tokens) and text[tokens[i - 1].end : tokens[i].start] in HYPHENS


def spaced(text: str, tokens: tuple[Token, ...], i: int) -> bool:
    """Whether white space alone stands between word `i` and the one before it."""
    return 0 < i < len(tokens) and text[tokens[i - 1].end : tokens[i].start].isspace()
