"""Which gated sentences are worth parsing: those whose words could make a row by what the lexicon asks of them.

The gate knows single words, many of them of everyday use ("system", "told"). Here each has to find what its entry needs:
"military" before "units", "on" or "for" behind "call", a political actor or act beside a weak word. These are conditions
that the rules make anyway, read off the bare words because a parse costs thirty times as much.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from troopwatch.detect import codebook, lexicon
from troopwatch.detect.lexicon import Entry
from troopwatch.detect.reading import gate, patterns
from troopwatch.detect.reading.sentences import Sentence
from troopwatch.detect.reading.wordset import words

Held = tuple[str, str | None]
"""A word that the gate knows, and what it lacks to be worth a parse; None where the sentence has it all."""

POINTERS = words("he she it they his her their its him them hers theirs")
OURS = words("we our us ours i my")
DETERMINERS = words("the a an this these those some any no every its his her their our my your whose")
PREPOSITIONS = words("in of under with by")
"""Before a word that is both, they make it a noun; a preposition does not where it ends in -ing."""
AFTER_MILITARY = words(
    "in of to from at on by for with into has had have is was were are will would could can may might should must "
    "and or but that which who said says as not be being been also itself"
)
"""Words behind which "military" is the force itself and no adjective."""
POSSESSIVES = words("its his her their our my your whose")
QUESTIONS = words("if whether about how what why when who where")
BE = words("is are was were be being been")
NEAR, REACH = 6, 14
"""How many words before a noun its modifiers may stand, and how far behind a word what it asks for begins."""

DEFINITE = re.compile(r"\bthe (?:\w+ ){0,3}(?:army|military|navy)\b", re.I)
SITE = re.compile(
    r"\b(?:in|on|at|near|along|to|from|into|onto|across|around|inside|outside|off|over|through|within|against|towards?"
    r"|between|throughout|beyond|for)\s+(?:[\w'\u2019.-]+\s+){0,4}?"
    r"(?:[A-Z]|border|front|region|countr|area|island|territor|cit|town|village|capital|coast)"
    r"|\b(?:home|abroad|overseas|there|out)\b"
)
DUTY = re.compile(r"\b(?:(\w+) )?(?:must|should|ought|needs? to|needed to|ha(?:ve|s|d) to)\b", re.I)
CONDITION = re.compile(r"\b(?:will|would|wo|wouldn't|won't)\b.*\b(?:until|unless)\b", re.I | re.S)
ACTORS = words("state igo armed_group court party_opposition individual_office")
"""Kinds of roles that a demand may be made to."""


def held(sentence: Sentence, on: date | None, voice: str | None = None) -> list[Held]:
    """The words by which a sentence passes the gate, each with what it lacks."""
    look = _Look(sentence, on, voice)
    return list(dict.fromkeys([*_forces(look), *_asks(look), *_duties(look)]))


def passes(sentence: Sentence, on: date | None, voice: str | None = None) -> bool:
    """Whether any word of the sentence has all that it needs."""
    look = _Look(sentence, on, voice)
    return any(lacks is None for source in (_forces, _asks, _duties) for _, lacks in source(look))


def _by_form(entries: Iterable[Entry], *, verbs: bool) -> dict[str, tuple[Entry, ...]]:
    found: dict[str, tuple[Entry, ...]] = {}
    for entry in entries:
        last = entry["term"].split()[-1]
        for form in gate.forms(last) if verbs else gate.noun_forms(last):
            found[form] = (*found.get(form, ()), entry)
    return found


@lru_cache(maxsize=1)
def _force_words() -> dict[str, tuple[Entry, ...]]:
    return _by_form(lexicon.entries("forces", "nouns"), verbs=False)


@lru_cache(maxsize=2)
def _ask_words(part: str) -> dict[str, tuple[Entry, ...]]:
    return _by_form(lexicon.entries("demand", part), verbs=part == "verbs")


@lru_cache(maxsize=1)
def _modifiers() -> frozenset[str]:
    return frozenset(term.lower() for term in lexicon.terms("forces", "modifiers"))


@lru_cache(maxsize=1)
def _roles() -> tuple[frozenset[str], frozenset[str]]:
    """Words for roles: all of them, and those that a demand may be made to."""
    listed = lexicon.entries("roles", "roles")
    every = frozenset(f for e in listed for f in gate.noun_forms(e["term"]))
    return every, frozenset(f for e in listed if e["kind"] in ACTORS for f in gate.noun_forms(e["term"]))


@lru_cache(maxsize=1)
def _moves() -> frozenset[str]:
    """Words that say something of a force, whether or not a place is named."""
    listed = [e["term"] for e in lexicon.entries("deployment", "verbs") if e.get("place") != "needed"]
    nouns = lexicon.terms("deployment", "nouns")
    return frozenset(f for term in (*listed, *nouns) for f in gate.forms(term)) | gate.STATE_MOVES - {"military"}


@lru_cache(maxsize=1)
def _placing() -> frozenset[str]:
    """Forms of verbs that say something of a force with a place, but for those of every sentence."""
    listed = [e["term"] for e in lexicon.entries("deployment", "verbs") if e.get("place") == "needed"]
    return frozenset(f for term in listed if term not in ("be", "have") for f in gate.forms(term)) | {"there"}


@dataclass
class _Look:
    """The words of a sentence, and what the dictionaries know in it, looked up when asked for."""

    sentence: Sentence
    on: date | None
    voice: str | None

    @cached_property
    def words(self) -> list[str]:
        return gate.words_in(self.sentence.text)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        return frozenset(self.words)

    @cached_property
    def has_name(self) -> bool:
        """Whether it names an actor, or has a word that may stand for one of the sentence before."""
        book = codebook.load().actors
        if any(m.code for m in book.find(self.sentence.text, self.on)):
            return True
        if self.voice and not OURS.isdisjoint(self.vocabulary):
            return True
        left = [m for m in book.find(self.sentence.left, self.on) if m.code] if self.sentence.left else []
        if not left:
            return False
        pointing = POINTERS | _roles()[0] | {m.text.lower().split()[-1] for m in left}
        return not pointing.isdisjoint(self.vocabulary)

    @cached_property
    def has_actor(self) -> bool:
        """Whether it has somebody whom a demand may be made to."""
        return not _roles()[1].isdisjoint(self.vocabulary) or self.has_name

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
        return not _moves().isdisjoint(self.vocabulary) or bool(SITE.search(self.sentence.text))

    @cached_property
    def is_told_of_things(self) -> bool:
        """Whether weapons could be said to be somewhere, by a verb that needs a place."""
        return not _placing().isdisjoint(self.vocabulary) and bool(SITE.search(self.sentence.text))

    def near(self, at: int) -> frozenset[str]:
        """The words before one, compounds also in their parts."""
        before = self.words[max(0, at - NEAR) : at]
        return frozenset(before) | frozenset(part for w in before if "-" in w for part in w.split("-"))

    def behind(self, at: int, reach: int = REACH) -> frozenset[str]:
        return frozenset(self.words[at + 1 : at + 1 + reach])

    def before(self, at: int) -> str:
        return self.words[at - 1] if at else ""


def _forces(look: _Look) -> Iterator[Held]:
    for at, word in enumerate(look.words):
        for entry in _force_words().get(word, ()):
            yield word, _force_lacks(look, at, entry)
        if word in gate.STATE_MOVES and word != "military":
            owned = look.has_name or bool(DEFINITE.search(look.sentence.text))
            yield word, None if owned else "no actor whose forces they could be"


def _force_lacks(look: _Look, at: int, entry: Entry) -> str | None:
    """What a noun for a force lacks of what its entry needs; None where it has all."""
    first = entry["term"].lower().split()[:-1]
    if entry["need"] == "never" or (first and [look.before(at)] != first):
        return "it stands for no force"
    if not look.has_move:
        return "nothing that could be said of a force"
    if entry.get("capital") and not re.search(
        rf"\b{entry['term'].capitalize()}|\b{entry['term'].upper()}", look.sentence.text
    ):
        return "it has no capital letter"
    if entry["type"] == "equipment_only" and _moves().isdisjoint(look.vocabulary) and not look.is_told_of_things:
        return "nothing that could be said of a weapon"
    if entry["need"] == "none" or not _modifiers().isdisjoint(look.near(at)):
        return None
    if entry["need"] == "military":
        return "no military word before it"
    if entry["term"] == "military" and not _is_head(look, at):
        return "it only qualifies the word behind it"
    return None if _owned(look, at) else "no actor whose it could be"


def _owned(look: _Look, at: int) -> bool:
    if look.words[at] == "forces" or not look.near(at).isdisjoint(POSSESSIVES):
        return True
    return look.has_name or bool(DEFINITE.search(look.sentence.text)) or look.before(at).endswith("s")


def _is_head(look: _Look, at: int) -> bool:
    after = look.words[at + 1] if at + 1 < len(look.words) else ""
    is_last = not re.search(r"\bmilitary \w", look.sentence.text, re.I)
    return is_last or after in AFTER_MILITARY or after in _moves() or after.endswith("ed")


def _asks(look: _Look) -> Iterator[Held]:
    for at, word in enumerate(look.words):
        for entry in _ask_words("nouns").get(word, ()):
            yield word, _noun_lacks(look, at, entry) or _sides_lack(look, entry)
        for entry in _ask_words("verbs").get(word, ()):
            yield word, _verb_lacks(look, at, entry) or _sides_lack(look, entry)


def _noun_lacks(look: _Look, at: int, entry: Entry) -> str | None:
    """Whether something that the noun could ask for follows it."""
    if entry["term"] in ("condition", "precondition"):
        return None if BE & look.behind(at) else "nothing that it could ask for"
    leads = {"for", "to", "that", "as"} & look.behind(at, 8)
    return None if leads or entry["term"] == "ultimatum" else "nothing that it could ask for"


def _verb_lacks(look: _Look, at: int, entry: Entry) -> str | None:
    """Whether what the verb's frame needs follows it."""
    before = look.before(at)
    if before in DETERMINERS or (before in PREPOSITIONS and not look.words[at].endswith("ing")):
        return "it is a noun here"
    return None if _leads(look, at, entry) else "nothing that it could ask for"


def _leads(look: _Look, at: int, entry: Entry) -> bool:
    rest = look.behind(at)
    after = look.words[at + 1] if at + 1 < len(look.words) else ""
    if entry["term"] == "want":
        return after != "to" and not rest.isdisjoint(("to", "out", "home", "gone", "from"))
    if after in QUESTIONS:
        return False
    if entry.get("clause_only"):
        return not rest.isdisjoint(("to", "must", "should"))
    if entry["term"] == "seek":
        return after != "to" and not rest.isdisjoint(("of", "from", "that"))
    if entry.get("needs"):
        return not rest.isdisjoint(("to", "for", "on", "that", "must", "should"))
    return _frame_leads(look, at, entry["frame"], rest)


def _frame_leads(look: _Look, at: int, frame: str, rest: frozenset[str]) -> bool:
    if frame == "on":
        return not look.behind(at, 6).isdisjoint(("on", "upon", "for"))
    if frame == "object":
        return not rest.isdisjoint(("to", "for", "on", "that", "must", "should")) or look.has_act
    if frame == "to":
        return not rest.isdisjoint(("to", "with", "for"))
    if frame == "for":
        return not rest.isdisjoint(("for", "to"))
    return True


def _sides_lack(look: _Look, entry: Entry) -> str | None:
    """A demand has a political side or act; of a weak word, an actor that it is made to, or an act."""
    enough = look.has_actor or look.has_act if entry.get("weak") else look.is_political
    return None if enough else "no political actor and no political act"


def _duties(look: _Look) -> Iterator[Held]:
    """Demands without a word for them: "said X must", "will not ... until"."""
    if not gate.says().isdisjoint(look.vocabulary):
        for duty in DUTY.finditer(look.sentence.text):
            yield _duty(look, duty)
    if CONDITION.search(look.sentence.text):
        yield "until, unless", None if look.has_actor or look.has_act else "no political actor and no political act"


def _duty(look: _Look, duty: re.Match[str]) -> Held:
    word = duty[0].lower().split(" ", 1)[-1] if duty[1] else duty[0].lower()
    if duty[1] and duty[1].lower() in _nobody():
        return word, f"{duty[1]!r} is nobody that is asked"
    return word, None if look.has_actor or look.has_act else "no political actor and no political act"


@lru_cache(maxsize=1)
def _nobody() -> frozenset[str]:
    return frozenset(t.lower() for t in lexicon.terms("demand", "nobody")) | {"they", "he", "she"}
