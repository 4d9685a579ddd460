"""A sentence as the gate sees it: its words, and what the dictionaries know in them, looked up when asked for."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from troopwatch.detect import codebook, lexicon
from troopwatch.detect.lexicon import Entry
from troopwatch.detect.names.actors import ActorMatch
from troopwatch.detect.reading import gate, patterns
from troopwatch.detect.reading.sentences import Sentence
from troopwatch.detect.reading.wordset import words

PHRASE = 70
"""How far apart the words of one noun phrase stand, in code points."""

POINTERS = words("he she it they his her their its him them hers theirs")
OURS = words("we our us ours i my")
NEAR, REACH = 6, 14
"""How many words before a noun its modifiers may stand, and how far behind a word what it asks for begins."""
SITE = re.compile(
    r"\b(?:in|on|at|near|along|to|from|into|onto|across|around|inside|outside|off|over|through|within|against|towards?"
    r"|between|throughout|beyond|for)\s+(?:[\w'\u2019.-]+\s+){0,4}?"
    r"(?:[A-Z]|border|front|region|countr|area|island|territor|cit|town|village|capital|coast)"
    r"|\b(?:home|abroad|overseas|there|out)\b"
)
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
def _roles() -> tuple[frozenset[str], frozenset[str]]:
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
def placing() -> frozenset[str]:
    """Forms of verbs that say something of a force with a place, but for those of every sentence."""
    listed = [e["term"] for e in lexicon.entries("deployment", "verbs") if e.get("place") == "needed"]
    return frozenset(f for term in listed if term not in ("be", "have") for f in gate.forms(term)) | {"there"}


@dataclass
class Look:
    """The words of a sentence, and what the dictionaries know in it, looked up when asked for."""

    sentence: Sentence
    on: date | None
    voice: str | None

    @cached_property
    def words(self) -> list[str]:
        return gate.words_in(self.sentence.text)

    @cached_property
    def names(self) -> list[ActorMatch]:
        """The actors that it names itself."""
        return [m for m in codebook.load().actors.find(self.sentence.text, self.on) if m.code]

    def has_name_near(self, at: int) -> bool:
        """Whether an actor is named so near a place in the text that both may be one phrase."""
        return any(m.end > at - PHRASE and m.start < at + PHRASE for m in self.names)

    def has_name_before(self, term: str) -> bool:
        """Whether an actor stands right before a noun, with a few words between: "three Danish units"."""
        found = re.finditer(rf"\b{re.escape(term)}", self.sentence.text, re.I)
        return any(0 < m.start() - name.end < 25 for m in found for name in self.names)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        return frozenset(self.words)

    @cached_property
    def has_name(self) -> bool:
        """Whether it names an actor, or has a word that may stand for one of the sentence before."""
        book = codebook.load().actors
        if self.names:
            return True
        if self.voice and not OURS.isdisjoint(self.vocabulary):
            return True
        left = [m for m in book.find(self.sentence.left, self.on) if m.code] if self.sentence.left else []
        if not left:
            return False
        pointing = POINTERS | _roles()[0] | {m.text.lower().split()[-1] for m in left}
        return not pointing.isdisjoint(self.vocabulary)

    @cached_property
    def has_role(self) -> bool:
        """Whether it has an office or organ that a demand may be made to."""
        return not _roles()[1].isdisjoint(self.vocabulary)

    @cached_property
    def has_actor(self) -> bool:
        """Whether it has somebody whom a demand may be made to."""
        return self.has_role or self.has_name

    @cached_property
    def has_act(self) -> bool:
        """Whether it names a political act."""
        return patterns.any_match("content", "types", self.sentence.text)

    @cached_property
    def is_political(self) -> bool:
        return not _roles()[0].isdisjoint(self.vocabulary) or self.has_name or self.has_act

    @cached_property
    def has_move(self) -> bool:
        """Whether it has a word that says something of a force, or a place for it to be at."""
        return not moves().isdisjoint(self.vocabulary) or bool(SITE.search(self.sentence.text))

    @cached_property
    def is_told_of_things(self) -> bool:
        """Whether weapons could be said to be somewhere, by a verb that needs a place."""
        return not placing().isdisjoint(self.vocabulary) and bool(SITE.search(self.sentence.text))

    def near(self, at: int) -> frozenset[str]:
        """The words before one, compounds also in their parts."""
        before = self.words[max(0, at - NEAR) : at]
        return frozenset(before) | frozenset(part for w in before if "-" in w for part in w.split("-"))

    def behind(self, at: int, reach: int = REACH) -> frozenset[str]:
        return frozenset(self.words[at + 1 : at + 1 + reach])

    def before(self, at: int) -> str:
        return self.words[at - 1] if at else ""
