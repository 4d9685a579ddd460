"""Words whose surroundings change what they say of an event: a plea agreed to, what was let happen."""

from spacy.tokens import Token

from troopwatch.detect.reading.trees import children, is_negated
from troopwatch.detect.reading.wordset import words


def meant(t: Token, effect: str, below: Token) -> str:
    """The effect of a word where what stands around it changes it: a plea agreed to, what was let happen."""
    if effect == "requested" and t.pos_ == "NOUN" and granting(t) is not None:
        return "planned"
    if effect == "considered" and _is_let(t):
        return "report"
    if t.lemma_ == "insist" and below.tag_ in ("VB", "VBP") and below.lemma_ in GOING:
        return "requested"
    return effect


GOING = words("leave go withdraw depart quit pull vacate exit")
"""What is insisted on in the present tense is asked for: "insists that the fighters leave"."""


GRANTING = words("agree accede consent accept grant approve answer heed honour honor meet fulfil fulfill satisfy")


def granting(noun: Token) -> Token | None:
    """The verb that grants a request: "agreed to the plea for soldiers", "has granted the request"."""
    verb = noun.head.head if noun.dep_ == "pobj" else noun.head
    near = noun.dep_ in ("dobj", "pobj") and verb.pos_ == "VERB" and verb.lemma_ in GRANTING and not is_negated(verb)
    return verb if near else None


def _is_let(t: Token) -> bool:
    """As in "has let a destroyer tie up": what was let happen has happened."""
    told = t.tag_ == "VBD" or (t.tag_ == "VBN" and any(c.lemma_ == "have" for c in children(t, "aux")))
    could = any(c.tag_ == "MD" for c in children(t, "aux")) or is_negated(t)
    return t.lemma_ in ("let", "allow", "permit") and told and not could
