"""Which gated sentences are worth parsing: those whose words could make a row by what the lexicon asks of them.

The gate knows single words, many of them of everyday use ("system", "told"). Here each has to find what its entry
needs: "military" before "units", "on" or "for" behind "call", a political actor or act beside a weak word. These are
conditions that the rules make anyway, read off the bare words because a parse costs thirty times as much.
"""

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from troopwatch.detect import lexicon
from troopwatch.detect.lexicon import Entry
from troopwatch.detect.reading import gate
from troopwatch.detect.reading.look import Look, ask_words, force_words, modifiers, moves, placing
from troopwatch.detect.reading.sentences import OPENERS, Sentence
from troopwatch.detect.reading.wordset import words

Held = tuple[str, str | None]
"""A word that the gate knows, and what it lacks to be worth a parse; None where the sentence has it all."""

DETERMINERS = words("the a an this these those some any no every its his her their our my your whose")
PREPOSITIONS = words("in of under with by")
"""Before a word that is both, they make it a noun; a preposition does not where it ends in -ing."""
AFTER_MILITARY = words(
    "in of to from at on by for with into has had have is was were are will would could can may might should must "
    "and or but that which who said says as not be being been also itself"
)
"""Words behind which "military" is the force itself and no adjective."""
POSSESSIVES = words("s its his her their our my your whose")
QUESTIONS = words("if whether about how what why when who where")
MAKING = words(
    "make makes made making set sets setting put puts name names named cite cites cited impose imposes imposed"
)
BE = words("is are was were be being been")
DEFINITE = re.compile(r"\bthe (?:\w+ ){0,3}(?:army|military|navy)\b", re.I)
DUTY = re.compile(r"\b(?:(\w+) )?(?:must|should|ought|needs? to|needed to|ha(?:ve|s|d) to|time for)\b", re.I)
CONDITION = re.compile(
    r"\b(?:will|would|wo|wouldn't|won't|can\w*|refus\w+|rul\w+ out|declin\w+|reject\w+|threat\w+|vow\w*|warn\w*"
    r"|pledg\w+|promis\w+)\b"
    r".*\b(?:until|unless|till|before|only (?:if|after|once|when))\b"
    r"|\bunless\b.*\b(?:will|would|won't|can)\b"
    r"|\b(?:conditional|contingent|dependent) (?:up)?on\b"
    r"|\beither\b.*\bor (?:we|i|they|there)\b",
    re.I | re.S,
)
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
        if word in gate.STATE_MOVES and word != "military":
            owned = look.has_name or bool(DEFINITE.search(look.sentence.text))
            yield word, None if owned else "no actor whose forces they could be"

    for ship in sorted(gate.SHIPS & look.vocabulary):
        yield ship, None if look.has_move else "nothing that could be said of a ship"
    if look.has_move and look.names and (weapon := gate.WEAPON.search(look.sentence.text)):
        yield weapon[0], None


def _force_lacks(look: Look, at: int, entry: Entry) -> str | None:
    """What a noun for a force lacks of what its entry needs; None where it has all."""
    return _no_force(look, at, entry) or _nothing_said(look, entry) or _unqualified(look, at, entry)


def _no_force(look: Look, at: int, entry: Entry) -> str | None:
    first = entry["term"].lower().split()[:-1]
    if entry["need"] == "never" or (first and [look.before(at)] != first):
        return "it stands for no force"
    names = entry["term"].capitalize(), entry["term"].upper(), *(["marines"] if entry["term"] == "marine" else [])
    return (
        "it has no capital letter" if entry.get("capital") and not any(n in look.sentence.text for n in names) else None
    )


def _nothing_said(look: Look, entry: Entry) -> str | None:
    if entry["type"] == "equipment_only" and moves().isdisjoint(look.vocabulary) and not look.is_told_of_things:
        return "nothing that could be said of a weapon"
    return None if look.has_move else "nothing that could be said of a force"


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
    if look.words[at] == "forces" and not (moves() | placing()).isdisjoint(look.vocabulary):
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
            yield word, _noun_lacks(look, at, entry) or _sides_lack(look, entry)
        for entry in ask_words("verbs").get(word, ()):
            yield word, _verb_lacks(look, at, entry) or _sides_lack(look, entry)


def _noun_lacks(look: Look, at: int, entry: Entry) -> str | None:
    """Whether something that the noun could ask for follows it."""
    if entry["term"] in ("condition", "precondition"):
        made = MAKING & look.vocabulary
        return None if made or BE & look.behind(at) else "nothing that it could ask for"
    leads = {"for", "to", "that", "as"} & look.behind(at, 18)
    return None if leads or entry["term"] == "ultimatum" else "nothing that it could ask for"


def _verb_lacks(look: Look, at: int, entry: Entry) -> str | None:
    """Whether what the verb's frame needs follows it."""
    before = look.before(at)
    if before in DETERMINERS or (before in PREPOSITIONS and not look.words[at].endswith("ing")):
        return "it is a noun here"
    return None if _leads(look, at, entry) else "nothing that it could ask for"


def _leads(look: Look, at: int, entry: Entry) -> bool:
    rest = look.behind(at)
    after = look.words[at + 1] if at + 1 < len(look.words) else ""
    if entry["term"] == "want":
        going = not rest.isdisjoint(("to", "out", "home", "gone", "back", "away", "from"))
        return after != "to" and (going or any(w.endswith("ed") for w in rest) or look.has_act)
    if after in QUESTIONS:
        return False
    if entry.get("clause_only"):
        return not rest.isdisjoint(("to", "must", "should"))
    if entry["term"] == "seek":
        return after != "to"
    if entry.get("needs"):
        return not rest.isdisjoint(("to", "for", "on", "that", "must", "should"))
    return _frame_leads(look, at, entry["frame"], rest)


def _frame_leads(look: Look, at: int, frame: str, rest: frozenset[str]) -> bool:
    if frame == "limit":
        return bool(LIMIT.search(look.sentence.text))
    if frame == "on":
        return not look.behind(at, 6).isdisjoint(("on", "upon", "for"))
    if frame == "object":
        return not rest.isdisjoint(("to", "for", "on", "that", "must", "should", "into", "against")) or look.has_act
    if frame == "to":
        return not rest.isdisjoint(("to", "with", "for"))
    if frame == "for":
        return not rest.isdisjoint(("for", "to"))
    return True


def _sides_lack(look: Look, entry: Entry) -> str | None:
    """A demand has a political side or act; of a weak word, an actor that it is made to, or an act."""
    enough = look.has_actor or look.has_act if entry.get("weak") else look.is_political
    return None if enough else "no political actor and no political act"


def _duties(look: Look) -> Iterator[Held]:
    """Demands without a word for them: "said X must", "will not ... until"."""
    if not gate.says().isdisjoint(look.vocabulary):
        for duty in DUTY.finditer(look.sentence.text):
            yield _duty(look, duty)
    if CONDITION.search(look.sentence.text):
        yield "until, unless", None if look.has_actor or look.has_act else "no political actor and no political act"


def _duty(look: Look, duty: re.Match[str]) -> Held:
    word = duty[0].lower().split(" ", 1)[-1] if duty[1] else duty[0].lower()
    inverted = look.sentence.text[duty.end() + 1 : duty.end() + 2].isupper()
    if duty[1] and duty[1].lower() in _nobody() and not inverted and not (duty[1].lower() == "there" and look.has_act):
        return word, f"{duty[1]!r} is nobody that is asked"
    near = look.has_name_near(duty.start()) or look.has_role or look.has_act
    return word, None if near else "no political actor near it and no political act"


def _orders(look: Look) -> Iterator[Held]:
    """As in '"Leave now," he told them': an order in quotation marks."""
    told = sorted(look.vocabulary & (TELLING | gate.says()))
    if told and any(m[1].lower() not in OPENERS for m in QUOTED.finditer(look.sentence.text)):
        yield told[0], None if look.is_political else "nobody that is told"


SOURCES = (_forces, _asks, _duties, _orders)
TELLING = words("tell tells told telling warn warns warned warning order orders ordered ordering")
QUOTED = re.compile(r"[\"\u201c](\w+)")


@lru_cache(maxsize=1)
def _nobody() -> frozenset[str]:
    return frozenset(t.lower() for t in lexicon.terms("demand", "nobody")) | {"they", "he", "she"}
