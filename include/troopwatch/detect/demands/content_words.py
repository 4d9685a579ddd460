"""What the content model sees of a demanded act: its words as stems, with names, forces and numbers as classes."""

import re
from collections.abc import Iterator

from troopwatch.detect import codebook, lexicon
from troopwatch.detect.reading.wordset import singular, words

FIRST = 14
"""Words that count: what is asked for first decides the type, and stands in front."""
FADING = 0.15
"""How much less each further word weighs."""
IDLE = words("the a an of to in on by for its his her their and all with at from this that be it is as any into")
_WORD = re.compile(r"[^\W\d_]+|\d[\d,.]*")
_ENDINGS = [
    "ations",
    "ation",
    "ments",
    "ment",
    "ings",
    "ing",
    "ions",
    "ion",
    "als",
    "al",
    "ies",
    "ied",
    "ers",
    "er",
    "ed",
    "es",
    "s",
    "e",
    "y",
]


def features(text: str) -> dict[str, float]:
    """Words, pairs and gapped pairs by their weight; of unit length, empty where no word counts."""
    seen = list(_classed(text))[:FIRST]
    found: dict[str, float] = {}
    for at, word in enumerate(seen):
        weight = 1 / (1 + FADING * at)
        for name, share in _around(seen, at, word):
            found[name] = found.get(name, 0.0) + share * weight
    length = sum(x * x for x in found.values()) ** 0.5
    return {name: x / length for name, x in found.items()}


def _around(seen: list[str], at: int, word: str) -> Iterator[tuple[str, float]]:
    yield word, 1.0
    if at + 1 < len(seen):
        yield f"{word} {seen[at + 1]}", 1.0
    if at + 2 < len(seen):
        yield f"{word} .. {seen[at + 2]}", 0.7
    if at == 0:
        yield f"first: {word}", 0.7


def _classed(text: str) -> Iterator[str]:
    """The stems in order; a force is told before its own stem, a name or number stands only for its class."""
    names, last = _names(text), ""
    for match in _WORD.finditer(text):
        kind = next((k for start, end, k in names if start <= match.start() < end), None)
        if kind and kind != last:
            yield kind
        last = kind or ""
        word = match[0].lower()
        if kind or word in IDLE:
            continue
        if word[0].isdigit():
            yield "<number>"
            continue
        yield from _force(word)
        yield stem(word)


def _names(text: str) -> list[tuple[int, int, str]]:
    book = codebook.load()
    places = [(m.start, m.end, "<place>") for m in book.places.find(text)]
    return places + [(m.start, m.end, "<actor>") for m in book.actors.find(text, None) if m.code]


def _force(word: str) -> Iterator[str]:
    nouns = lexicon.by_term("forces", "nouns")
    entry = nouns.get(word) or nouns.get(singular(word))
    if entry is not None and entry["need"] != "never":
        yield "<gear>" if entry["type"] == "equipment_only" else "<force>"


def stem(word: str) -> str:
    """The word without its ending, where at least three letters remain."""
    ending = next((e for e in _ENDINGS if word.endswith(e) and len(word) - len(e) >= 3), "")
    return word.removesuffix(ending)
