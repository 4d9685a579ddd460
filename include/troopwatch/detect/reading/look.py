"""A sentence as the gate sees it: its words, and what the dictionaries know in them, looked up when asked for."""

import re
from bisect import bisect_left
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from troopwatch.detect import codebook
from troopwatch.detect.names.actors import ActorMatch
from troopwatch.detect.reading import gate, parse, patterns
from troopwatch.detect.reading.gate_words import force_words, moves, particles, placing, roles
from troopwatch.detect.reading.sentences import Sentence
from troopwatch.detect.reading.wordset import words

PHRASE = 70
"""How far apart the words of one noun phrase stand, in code points."""

POINTERS = words("he she it they his her their its him them hers theirs")
OURS = words("we our us ours i my")
NEAR, REACH, AWAY = 6, 14, 8
"""How many words before a noun its modifiers may stand, how far behind a word what it asks for begins, and how far
from a force the word or the place that tells something of it."""
NO_VERBS = words(
    "the a an this that these those some any no every each all both it him them me us you its his her their our my "
    "your one two three four five six seven eight nine ten what which who whom whether about as at by for from in "
    "into of on over with within and or"
)
"""Words that make a "to" before them a preposition."""
TIMES = words(
    "monday tuesday wednesday thursday friday saturday sunday today tonight tomorrow yesterday january february april "
    "june july august september october november december afternoon evening morning night"
)
SITE = re.compile(
    r"\b(?:in|on|at|near|along|to|from|into|onto|across|around|inside|outside|off|over|through|within|against|towards?"
    r"|between|throughout|beyond|for)\s+(?:[\w'\u2019.-]+\s+){0,4}?"
    r"(?:(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)[A-Z]|border|front|region|countr|area"
    r"|island|territor|cit|town|village|capital|coast|air(?:strip|field|port)|base|camp|post|valley|desert|river|hill)"
    r"|\b(?:home|abroad|overseas|there|out)\b"
)


Held = tuple[str, str | None]
"""A word that the gate knows, and what it lacks to be worth a parse; None where the sentence has it all."""


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
    def starts(self) -> list[int]:
        """Where each word begins."""
        return gate.starts_in(self.sentence.text)

    @cached_property
    def names(self) -> list[ActorMatch]:
        """The actors that it names itself."""
        return [m for m in codebook.load().actors.find(self.sentence.text, self.on) if m.code]

    def has_name_near(self, at: int) -> bool:
        """Whether an actor is named so near a place in the text that both may be one phrase."""
        return any(m.end > at - PHRASE and m.start < at + PHRASE for m in self.names)

    def has_actor_near(self, at: int) -> bool:
        """Whether somebody whom a demand may be made to stands so near a word that it may be made to him."""
        first, last = max(0, at - REACH), min(len(self.words), at + REACH + 1)
        around = frozenset(self.words[first:last])
        if not roles()[1].isdisjoint(around):
            return True
        begin, end = self.starts[first], self.starts[last - 1] + len(self.words[last - 1])
        if any(m.start < end and m.end > begin for m in self.names):
            return True
        return not around.isdisjoint(self.pointing)

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
        if self.names:
            return True
        return not self.pointing.isdisjoint(self.vocabulary)

    @cached_property
    def pointing(self) -> frozenset[str]:
        """Words that may stand for an actor whom only the sentence before names, or for whose voice it is."""
        ours = OURS if self.voice else frozenset[str]()
        left = codebook.load().actors.find(self.sentence.left, self.on) if self.sentence.left else []
        names = {m.text.lower().split()[-1] for m in left if m.code}
        return ours | POINTERS | roles()[0] | names if names else ours

    @cached_property
    def has_role(self) -> bool:
        """Whether it has an office or organ that a demand may be made to."""
        return not roles()[1].isdisjoint(self.vocabulary)

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
        return not roles()[0].isdisjoint(self.vocabulary) or self.has_name or self.has_act

    @cached_property
    def moving(self) -> list[int]:
        """Where words stand that say something of a force."""
        listed = [at for at, word in enumerate(self.words) if word in moves()]
        return [at for at in listed if self._has_particle(at)]

    def _has_particle(self, at: int) -> bool:
        wanted = particles().get(self.words[at])
        return wanted is None or not wanted.isdisjoint(self.behind(at))

    @cached_property
    def sites(self) -> list[int]:
        """Where phrases begin that may name a place."""
        return [bisect_left(self.starts, m.start()) for m in SITE.finditer(self.sentence.text)]

    def has_move_near(self, at: int) -> bool:
        """Whether near a word there is one that says something of a force, or a place for it to be at."""
        around = frozenset(self.words[max(0, at - AWAY) : at + AWAY + 1])
        placed = bool(self.sites) and not placing().isdisjoint(around)
        return placed or any(0 < abs(at - i) <= AWAY for found in (self.moving, self.sites) for i in found)

    def is_told_of_things(self, at: int) -> bool:
        """Whether weapons could be said to be somewhere, by a verb that needs a place."""
        around = frozenset(self.words[max(0, at - AWAY) : at + AWAY + 1])
        return any(0 < abs(at - i) <= AWAY for i in self.moving) or (
            bool(self.sites) and not placing().isdisjoint(around)
        )

    @cached_property
    def infinitives(self) -> list[int]:
        """Where "to" stands before what may be a verb."""
        return [at for at, word in enumerate(self.words[:-1]) if word == "to" and self._is_verb(at + 1)]

    def _is_verb(self, at: int) -> bool:
        start = self.starts[at]
        if self.words[at] in NO_VERBS or self.sentence.text[start - 1 : start] != " ":
            return False
        return not self.text_between(at - 1).strip() and (self.is_title or not self.sentence.text[start].isupper())

    @cached_property
    def is_title(self) -> bool:
        """Whether it is written like a headline, where verbs too begin with a capital letter."""
        return sum(self.sentence.text[start].isupper() for start in self.starts) > len(self.starts) / 2

    def qualifies(self, at: int) -> bool:
        """Whether a word only qualifies the noun behind it, as "weapons" does in "the weapons industry"."""
        if at + 1 >= len(self.words) or self.text_between(at) != " ":
            return False
        after, start = self.words[at + 1], self.starts[at]
        if self.sentence.text[self.starts[at + 1]].isupper() and not self.sentence.text[start].isupper():
            return False  # "the destroyer Diamond"
        return (
            after not in TIMES and after not in moves() and after not in force_words() and parse.is_only_a_noun(after)
        )

    def text_between(self, at: int) -> str:
        """What stands between a word and the next one."""
        return self.sentence.text[self.starts[at] + len(self.words[at]) : self.starts[at + 1]]

    def is_name(self, at: int) -> bool:
        """Whether a word inside a sentence is written with a capital, as no verb is."""
        start = self.starts[at]
        inside = at > 0 and self.sentence.text[start - 1] == " " and self.sentence.text[start].isupper()
        return inside and not self.is_title

    def has_act_asked(self, at: int, *leads: str, reach: int = REACH) -> bool:
        """Whether "to" with a verb, a duty, or one of the words that lead to it stand behind a word."""
        if any(0 < i - at <= reach for i in self.infinitives):
            return True
        return not self.behind(at, reach).isdisjoint(("must", "should", *leads))

    def near(self, at: int) -> frozenset[str]:
        """The words before one, compounds also in their parts."""
        before = self.words[max(0, at - NEAR) : at]
        return frozenset(before) | frozenset(part for w in before if "-" in w for part in w.split("-"))

    def behind(self, at: int, reach: int = REACH) -> frozenset[str]:
        return frozenset(self.words[at + 1 : at + 1 + reach])

    def before(self, at: int) -> str:
        return self.words[at - 1] if at else ""
