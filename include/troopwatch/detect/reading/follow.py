"""Sentences that go on about the force of the one before: "They will be stationed in the capital for a year"."""

import re
from functools import lru_cache

from troopwatch.detect import lexicon
from troopwatch.detect.reading import gate
from troopwatch.detect.reading.sentences import Sentence
from troopwatch.detect.reading.wordset import words

PRONOUNS = words("they them it")
_PRONOUN = re.compile(rf"\b(?:{'|'.join(sorted(PRONOUNS))})\b", re.I)
GOING = words(
    "deploy redeploy station base garrison send dispatch withdraw pull fly airlift move relocate return leave go "
    "depart arrive land patrol quarter bring rotate evacuate recall position"
)
"""What is said of forces more than of anybody else: it lets a pronoun stand for one."""


@lru_cache(maxsize=1)
def _forms() -> frozenset[str]:
    return frozenset(f for verb in GOING for f in gate.forms(verb))


@lru_cache(maxsize=1)
def _forces() -> frozenset[str]:
    listed = [e["term"] for e in lexicon.entries("forces", "nouns") if e["need"] in ("none", "owner")]
    return frozenset(f for n in listed for f in gate.noun_forms(n.split()[-1]))


def passes(sentence: Sentence) -> bool:
    """Whether a pronoun of the sentence may stand for a force of the sentence before."""
    if not sentence.left or _PRONOUN.search(sentence.text) is None:
        return False
    if _forms().isdisjoint(gate.words_of(sentence.text)):
        return False
    return not _forces().isdisjoint(gate.words_of(sentence.left))
