"""The words of the lexicon in all their forms, as the gate looks for them."""

from collections.abc import Iterable
from functools import lru_cache

from troopwatch.detect import lexicon
from troopwatch.detect.lexicon import Entry
from troopwatch.detect.reading import gate
from troopwatch.detect.reading.wordset import words

ACTORS = words("state igo armed_group court party_opposition individual_office")
"""Kinds of roles that a demand may be made to."""


def _by_form(entries: Iterable[Entry], *, verbs: bool) -> dict[str, tuple[Entry, ...]]:
    found: dict[str, tuple[Entry, ...]] = {}
    for entry in entries:
        last = entry["term"].split()[-1]
        for form in gate.forms(last) if verbs else gate.noun_forms(last):
            found[form] = (*found.get(form, ()), entry)
    return found


@lru_cache(maxsize=1)
def force_words() -> dict[str, tuple[Entry, ...]]:
    listed = (*lexicon.entries("forces", "nouns"), *lexicon.entries("forces", "types"))
    return _by_form(listed, verbs=False)


@lru_cache(maxsize=2)
def ask_words(part: str) -> dict[str, tuple[Entry, ...]]:
    return _by_form(lexicon.entries("demand", part), verbs=part == "verbs")


@lru_cache(maxsize=1)
def modifiers() -> frozenset[str]:
    return frozenset(term.lower() for term in lexicon.terms("forces", "modifiers"))


@lru_cache(maxsize=1)
def roles() -> tuple[frozenset[str], frozenset[str]]:
    """Words for roles: all of them, and those that a demand may be made to."""
    listed = lexicon.entries("roles", "roles")
    every = frozenset(f for e in listed for f in gate.noun_forms(e["term"]))
    return every, frozenset(f for e in listed if e["kind"] in ACTORS for f in gate.noun_forms(e["term"]))


@lru_cache(maxsize=1)
def moves() -> frozenset[str]:
    """Words that say something of a force, whether or not a place is named."""
    listed = [e["term"] for e in lexicon.entries("deployment", "verbs") if e.get("place") != "needed"]
    nouns = lexicon.terms("deployment", "nouns")
    return frozenset(f for term in (*listed, *nouns) for f in gate.forms(term)) | gate.STATE_MOVES - {"military"}


@lru_cache(maxsize=1)
def particles() -> dict[str, frozenset[str]]:
    """Of words in `moves` that say something only with a particle behind them: which ones."""
    verbs = lexicon.entries("deployment", "verbs")
    plain = {e["term"] for e in verbs if not e.get("particle")} | lexicon.terms("deployment", "nouns")
    without = frozenset(f for term in plain for f in gate.forms(term))
    found: dict[str, frozenset[str]] = {}
    for entry in (e for e in verbs if e.get("particle")):
        for form in gate.forms(entry["term"]) - without:
            found[form] = found.get(form, frozenset()) | frozenset(entry["particle"])
    return found


@lru_cache(maxsize=1)
def placing() -> frozenset[str]:
    """Forms of verbs that say something of a force with a place, but for those of every sentence."""
    listed = [e["term"] for e in lexicon.entries("deployment", "verbs") if e.get("place") == "needed"]
    return frozenset(f for term in listed if term not in ("be", "have") for f in gate.forms(term)) | {"there"}
