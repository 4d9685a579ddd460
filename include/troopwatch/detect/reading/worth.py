"""Which gated sentences are worth parsing: those whose words could make a row by what the lexicon asks of them.

The gate knows single words, many of them of everyday use ("system", "told"). Here each has to find what its entry
needs: "military" before "units", "on" or "for" behind "call", a political actor or act beside a weak word. These are
conditions that the rules make anyway, read off the bare words because a parse costs thirty times as much.
"""

import re
from collections.abc import Iterator
from datetime import date

from troopwatch.detect.lexicon import Entry
from troopwatch.detect.reading import gate, unworded
from troopwatch.detect.reading.gate_words import ask_words, force_words, modifiers, moves
from troopwatch.detect.reading.look import PHRASE, REACH, Held, Look
from troopwatch.detect.reading.sentences import Sentence
from troopwatch.detect.reading.wordset import words

DETERMINERS = words("the a an this these those some any no every its his her their our my your whose")
PREPOSITIONS = words("in of under with by")
"""Before a word that is both, they make it a noun; a preposition does not where it ends in -ing."""
AFTER_MILITARY = words(
    "in of to from at on by for with into has had have is was were are will would could can may might should must "
    "and or but that which who said says as not be being been also itself"
)
"""Words behind which "military" is the force itself and no adjective."""
POSSESSIVES = words("s its his her their our my your whose")
NO_FORCE = words("by of in into with to did")
"""Before "force" without an article: "by force", "the use of force", "to force"."""
QUESTIONS = words("if whether about how what why when who where")
MAKING = words(
    "make makes made making set sets setting put puts name names named cite cites cited impose imposes imposed"
)
BE = words("is are was were be being been")
DEFINITE = re.compile(r"\bthe (?:\w+ ){0,3}(?:army|military|navy)\b", re.I)
LIMIT = re.compile(
    r"\b(?:until|till|by|minutes?|hours?|days?|weeks?|fortnight|months?|years?|deadline|notice)\b.* to\b", re.I | re.S
)


def held(sentence: Sentence, on: date | None, voice: str | None = None) -> list[Held]:
    """The words by which a sentence passes the gate, each with what it lacks."""
    look = Look(sentence, on, voice)
    return list(dict.fromkeys(each for source in SOURCES for each in source(look)))


def passes(sentence: Sentence, on: date | None, voice: str | None = None) -> bool:
    """Whether any word of the sentence has all that it needs."""
    look = Look(sentence, on, voice)
    return any(lacks is None for source in SOURCES for _, lacks in source(look))


def _forces(look: Look) -> Iterator[Held]:
    for at, word in enumerate(look.words):
        for entry in force_words().get(word, ()):
            yield word, _force_lacks(look, at, entry)
        if word in gate.STATE_MOVES and word != "military" and not _is_adjective(look, at):
            yield word, None if _is_of_somebody(look, at) else "no actor whose forces they could be"
    yield from _types(look)


def _types(look: Look) -> Iterator[Held]:
    """Weapons by their type, ships by their navy's letters, units by their number."""
    for found in (gate.WEAPON, NUMBERED):
        if named := found.search(look.sentence.text):
            yield named[0], None if look.names or look.moving else "nothing that could be said of it"
    ships = gate.SHIPS & look.vocabulary
    if ships:
        yield min(ships), None


def _is_of_somebody(look: Look, at: int) -> bool:
    """Whether an actor, or "the military", is named whose forces it may be; of an occupation before the word."""
    if look.words[at] == "occupation":
        start = look.starts[at]
        return any(start - PHRASE < m.end and m.start < start for m in look.names) or "military" in look.near(at)
    return look.has_name or bool(DEFINITE.search(look.sentence.text))


def _is_adjective(look: Look, at: int) -> bool:
    """As in "the occupied territories", "an occupying power"."""
    return look.words[at] in ("occupied", "occupying") and look.before(at) in DETERMINERS | PREPOSITIONS


def _force_lacks(look: Look, at: int, entry: Entry) -> str | None:
    """What a noun for a force lacks of what its entry needs; None where it has all."""
    return _no_force(look, at, entry) or _nothing_said(look, at, entry) or _unqualified(look, at, entry)


def _no_force(look: Look, at: int, entry: Entry) -> str | None:
    first = entry["term"].lower().split()[:-1]
    if entry["need"] == "never" or (first and [look.before(at)] != first):
        return "it stands for no force"
    if look.qualifies(at) or (look.words[at] == "force" and look.before(at) in NO_FORCE):
        return "it is no noun for a force here"
    names = entry["term"].capitalize(), entry["term"].upper(), *(["marines"] if entry["term"] == "marine" else [])
    return (
        "it has no capital letter" if entry.get("capital") and not any(n in look.sentence.text for n in names) else None
    )


def _nothing_said(look: Look, at: int, entry: Entry) -> str | None:
    if entry["type"] == "equipment_only" and not look.is_told_of_things(at):
        return "nothing that could be said of a weapon"
    return None if look.has_move_near(at) else "nothing near it that could be said of a force"


NUMBERED = re.compile(r"\b\d{1,3}(?:st|nd|rd|th|d)\s+[A-Z]")
"""As in "the 98th Division"."""
PLAIN = ("unit", "ship", "vessel", "column")
"""What needs no military word where its nation and a number, or a verb of moving, stands by it."""


def _unqualified(look: Look, at: int, entry: Entry) -> str | None:
    if entry["need"] == "none" or not modifiers().isdisjoint(look.near(at)):
        return None
    if entry["need"] == "military" and entry["term"] in PLAIN and look.has_name_before(entry["term"]):
        return None
    if entry["counts"] == "units" and NUMBERED.search(look.sentence.text):
        return None
    if entry["need"] == "military":
        return "no military word before it"
    if entry["term"] == "military" and not _is_head(look, at):
        return "it only qualifies the word behind it"
    return None if _owned(look, at) else "no actor whose it could be"


def _owned(look: Look, at: int) -> bool:
    if not look.near(at).isdisjoint(POSSESSIVES) or DEFINITE.search(look.sentence.text):
        return True
    if look.words[at] == "forces" and look.is_told_of_things(at):
        return True
    standing = re.finditer(rf"\b{re.escape(look.words[at])}", look.sentence.text, re.I)
    return any(look.has_name_near(m.start()) for m in standing)


def _is_head(look: Look, at: int) -> bool:
    after = look.words[at + 1] if at + 1 < len(look.words) else ""
    is_last = not re.search(r"\bmilitary \w", look.sentence.text, re.I)
    return is_last or after in AFTER_MILITARY or after in moves() or after.endswith("ed")


def _asks(look: Look) -> Iterator[Held]:
    for at, word in enumerate(look.words):
        for entry in ask_words("nouns").get(word, ()):
            yield word, _noun_lacks(look, at, entry) or _sides_lack(look, at, entry)
        for entry in ask_words("verbs").get(word, ()):
            yield word, _verb_lacks(look, at, entry) or _sides_lack(look, at, entry)


def _noun_lacks(look: Look, at: int, entry: Entry) -> str | None:
    """Whether something that the noun could ask for follows it."""
    if entry["term"] in ("condition", "precondition"):
        made = MAKING & look.vocabulary
        return None if made or BE & look.behind(at) else "nothing that it could ask for"
    leads = look.has_act_asked(at, "for", "that", "such", reach=18)
    return None if leads or entry["term"] == "ultimatum" else "nothing that it could ask for"


def _verb_lacks(look: Look, at: int, entry: Entry) -> str | None:
    """Whether what the verb's frame needs follows it."""
    before = look.before(at)
    if look.is_name(at) or (entry.get("needs") and _is_before_a_noun(look, at, entry)):
        return "it is no verb here"
    if before in DETERMINERS or (before in PREPOSITIONS and not look.words[at].endswith("ing")):
        return "it is a noun here"
    return None if _leads(look, at, entry) else "nothing that it could ask for"


def _is_before_a_noun(look: Look, at: int, entry: Entry) -> bool:
    """As in "press secretary", "pressure cooker": whom a verb asks has an article, or is many."""
    return look.words[at] == entry["term"] and look.qualifies(at) and not look.words[at + 1].endswith("s")


def _leads(look: Look, at: int, entry: Entry) -> bool:
    rest = look.behind(at)
    after = look.words[at + 1] if at + 1 < len(look.words) else ""
    if entry["term"] == "want":
        going = look.has_act_asked(at, "out", "home", "gone", "back", "away", "from")
        return after != "to" and (going or any(w.endswith("ed") for w in rest) or look.has_act)
    if after in QUESTIONS:
        return False
    if entry.get("clause_only"):
        told = look.words.index("that", at) - at if "that" in look.behind(at) else REACH
        return look.has_act_asked(at, reach=told) or not rest.isdisjoint(("must", "should"))
    if entry["term"] == "seek":
        return after != "to"
    if entry.get("needs"):
        return look.has_act_asked(at, "for", "on", "that")
    return _frame_leads(look, at, entry["frame"], rest)


def _frame_leads(look: Look, at: int, frame: str, rest: frozenset[str]) -> bool:
    if frame == "limit":
        return bool(LIMIT.search(look.sentence.text))
    if frame == "on":
        return not look.behind(at, 6).isdisjoint(("on", "upon", "for"))
    if frame == "object":
        return look.has_act_asked(at, "for", "on", "that", "into", "against") or look.has_act
    if frame == "to":
        return not rest.isdisjoint(("to", "with", "for"))
    if frame == "for":
        return not rest.isdisjoint(("for", "to"))
    return True


def _sides_lack(look: Look, at: int, entry: Entry) -> str | None:
    """A demand has a political side or act; of a weak word, an actor that it is made to, or an act."""
    enough = look.has_actor_near(at) or look.has_act if entry.get("weak") else look.is_political
    return None if enough else "no political actor near it and no political act"


SOURCES = (_forces, _asks, unworded.duties, unworded.orders)
