"""Which sentences are worth parsing: those with a word for a force, or with a word for a demand.

Fast and generous: what it lets through is parsed, what it keeps out can make no row. It knows words, not grammar.
"""

import re
from functools import lru_cache

from troopwatch.detect import lexicon
from troopwatch.detect.reading.wordset import words

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
WEAPON = re.compile(r"\b[A-Z][A-Za-z]?-\d{1,3}[A-Z]?s?\b")
"""A type of weapon by its letters and number: F-16, T-72, S-400."""
_QUOTED = re.compile(r"[\"\u201c]([A-Za-z]+)")
_VOWELS = frozenset("aeiou")
IRREGULAR = {
    "send": "sent",
    "seek": "sought",
    "tell": "told",
    "beg": "begged",
    "want": "wanted",
    "withdraw": "withdrew withdrawn",
    "pull": "pulled",
    "man": "men",
    "have": "has had",
    "give": "gave given",
    "leave": "left",
    "hold": "held",
    "lend": "lent",
    "keep": "kept",
    "bring": "brought",
    "build": "built",
    "fly": "flew flown",
    "throw": "threw thrown",
    "draw": "drew drawn",
    "wind": "wound",
    "shrink": "shrank shrunk",
    "fall": "fell fallen",
    "overrun": "overran",
    "ring": "rang rung",
    "go": "went gone",
    "sweep": "swept",
    "take": "took taken",
    "come": "came",
    "stand": "stood",
    "fight": "fought",
    "run": "ran",
    "ride": "rode ridden",
    "drive": "drove driven",
    "make": "made",
    "dig": "dug",
    "lie": "lay lain lying",
    "get": "got gotten",
    "find": "found",
    "lead": "led",
    "quit": "quitted quitting",
    "plead": "pled",
    "beseech": "besought",
    "begin": "began begun",
    "undertake": "undertook undertaken",
    "see": "saw seen",
    "string": "strung",
    "sit": "sat",
    "spend": "spent",
    "rise": "rose risen",
}
STATE_MOVES = words(
    "withdraw withdraws withdrew withdrawn withdrawing pull pulls pulled pulling occupy occupies occupied "
    "occupying occupation withdrawal pullout pull-out pullback drawdown retreat troop military"
)
"""Words that tell of a deployment where no force is named."""
SHIPS = words("uss hms hmas hmcs hmnzs roks")
"""The letters before the names of warships."""
SAYS = words(
    "said says say saying told tells tell insisted insists stressed stresses clear added adds declared "
    "declares argued argues stated states demanded warned until condition conditional ultimatum deadline "
    "shout shouts shouted shouting chant chants chanted chanting yell yells yelled cried scream screams screamed wrote"
)
MODALS = words(
    "must should ought need needs needed has have had not n't never until will would refuse refuses refused refusing "
    "no ruled either time conditional contingent threaten threatens threatened"
)
CONDITIONS = words("until unless before only conditional contingent either")


@lru_cache(maxsize=1)
def _forces() -> frozenset[str]:
    listed = (*lexicon.entries("forces", "nouns"), *lexicon.entries("forces", "types"))
    nouns = [e["term"] for e in listed if e["need"] != "never"]
    return frozenset(f for n in nouns for f in noun_forms(n.split()[-1])) | STATE_MOVES | SHIPS


@lru_cache(maxsize=1)
def _demands() -> frozenset[str]:
    listed = [e["term"] for part in ("verbs", "nouns") for e in lexicon.entries("demand", part)]
    weak = {"have", "tell", "condition"}
    return frozenset(f for w in listed if w not in weak for f in forms(w)) | {
        "ransom",
        "deadline",
        "precondition",
        "told",
        "condition",
    }


def forms(word: str) -> set[str]:
    """The inflected forms of an English noun or verb, in lower case; some that do not exist besides."""
    w = word.lower()
    stem = w[:-1] if w.endswith("e") else w
    out = {w, w + "s", w + "'s", stem + "ed", stem + "ing", w + "es", w + "d"} | set(IRREGULAR.get(w, "").split())
    if w.endswith("y") and len(w) > 2 and w[-2] not in _VOWELS:
        out |= {w[:-1] + "ies", w[:-1] + "ied"}
    if len(w) > 2 and w[-1] not in _VOWELS | {"y", "w"} and w[-2] in _VOWELS and w[-3] not in _VOWELS:
        out |= {w + w[-1] + "ed", w + w[-1] + "ing"}
    if w.endswith("man"):
        out.add(w[:-3] + "men")
    return out


def noun_forms(word: str) -> set[str]:
    """The singular and plural of an English noun, in lower case."""
    return {f for f in forms(word) if not f.endswith(("ed", "ing")) or f == word.lower()}


@lru_cache(maxsize=1)
def says() -> frozenset[str]:
    """The forms of verbs that report what somebody says."""
    listed = [e["term"] for e in lexicon.entries("status", "over") if e["effect"] == "report"]
    return frozenset(f for w in listed for f in forms(w)) | SAYS


def words_in(text: str) -> list[str]:
    """The words of a sentence in lower case, in order."""
    return _WORD.findall(text.lower())


def starts_in(text: str) -> list[int]:
    """Where the words of a sentence begin: code points into it."""
    return [m.start() for m in _WORD.finditer(text.lower())]


def words_of(text: str) -> set[str]:
    """The words of a sentence in lower case."""
    return set(words_in(text))


def reasons(text: str) -> list[str]:
    """The words by which a sentence passes the gate, in order; empty where it does not."""
    found = words_of(text)
    by = sorted(found & (_forces() | _demands()))
    by += [m[0] for m in WEAPON.finditer(text)]
    if not by and found & MODALS and found & (says() | CONDITIONS):
        by = sorted(found & (MODALS | CONDITIONS))
    return by or (["command"] if found & says() and _commands(text) else [])


def passes(text: str) -> bool:
    """Whether a sentence is worth parsing."""
    found = words_of(text)
    if WEAPON.search(text) or not found.isdisjoint(_forces()) or not found.isdisjoint(_demands()):
        return True
    if found.isdisjoint(says() | CONDITIONS):
        return False
    return not found.isdisjoint(MODALS) or _commands(text)


def _commands(text: str) -> bool:
    """Whether a quotation begins with a verb that commands."""
    return any(m[1].lower() in lexicon.terms("demand", "imperatives") for m in _QUOTED.finditer(text))
