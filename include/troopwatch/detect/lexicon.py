"""The word lists of the codebook, in the shapes that the rules read them in."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from troopwatch.detect import codebook

Entry = Mapping[str, Any]


@lru_cache(maxsize=1)
def _lists() -> Mapping[str, Any]:
    return codebook.load().lexicon


def entries(stem: str, part: str) -> tuple[Entry, ...]:
    """The entries of one list of `include/codebook/lexicon/<stem>.yaml`."""
    return tuple(_lists()[stem][part])


@lru_cache(maxsize=64)
def by_term(stem: str, part: str) -> dict[str, Entry]:
    """The entries of one list by their term (for verbs and nouns: the lemma)."""
    return {e["term"]: e for e in entries(stem, part)}


@lru_cache(maxsize=64)
def terms(stem: str, part: str) -> frozenset[str]:
    """The terms of one list."""
    return frozenset(by_term(stem, part))


@lru_cache(maxsize=64)
def pattern(stem: str, part: str) -> re.Pattern[str]:
    """Finds any term of one list as whole words, the longest first, whatever its case."""
    return any_of(terms(stem, part))


def any_of(words: Iterable[str]) -> re.Pattern[str]:
    """Finds any of the words, the longest first, as whole words; a space stands for any white space."""
    ordered = sorted(words, key=lambda w: (-len(w), w))
    return re.compile(r"(?<!\w)(?:" + "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in ordered) + r")(?!\w)", re.I)


def all_of(stem: str) -> Mapping[str, tuple[Entry, ...]]:
    """Every list of one file, by its name."""
    return {part: tuple(found) for part, found in _lists()[stem].items()}


@lru_cache(maxsize=1)
def vocabulary() -> frozenset[str]:
    """The small-letter words of all examples: what a headline writes with a capital only because it is one."""
    examples = (e["example"] for stem in _lists() for part in _lists()[stem].values() for e in part)
    return frozenset(w for example in examples for w in re.findall(r"(?<![\w'])[a-z]{3,}", example))


def words_of(stem: str) -> frozenset[str]:
    """The terms of all parts of a list that are one word in small letters."""
    terms = (e["term"] for part in all_of(stem).values() for e in part)
    return frozenset(t for t in terms if re.fullmatch(r"[a-z]{3,}", t))
