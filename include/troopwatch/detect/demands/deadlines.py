"""Demands with a time limit: "gave X until Friday to leave" (codebook 1.4, `ultimatum`)."""

import re

from spacy.tokens import Token

from troopwatch.detect.demands.pieces import NONE, Shape, trimmed
from troopwatch.detect.reading.trees import child

LIMIT = re.compile(
    r"\b(?:until|till|by|up to|(?:minute|hour|day|week|fortnight|month|year)s?|deadline|ultimatum|notice)\b", re.I
)
TIMES = re.compile(r"(?:minute|hour|day|week|fortnight|month|year|deadline|ultimatum|notice|chance|time)s?$", re.I)
REACH = 18
"""How many words behind its verb the asked-for act begins, at most."""


def act_in_time(verb: Token) -> Token | None:
    """The act that a time limit is set for: the infinitive behind the words for the limit."""
    doc = verb.doc
    for i in range(verb.i + 2, min(verb.i + REACH, len(doc) - 1)):
        if doc[i].tag_ in ("VBD", "VBZ", "VBP", "MD") or doc[i].text in (";", ":"):
            return None
        if doc[i].lower_ == "to" and doc[i + 1].tag_ == "VB":
            limit = LIMIT.search(doc[verb.i + 1 : i].text)
            return doc[i + 1] if limit else None
    return None


def of_giving(verb: Token) -> Shape:
    """As in "gave X 48 hours to leave", "was given until Friday to leave"."""
    act = act_in_time(verb)
    if act is None:
        return NONE
    receiver = child(verb, "dative") or next(
        (c for c in verb.children if c.dep_ in ("dobj", "nsubjpass", "npadvmod") and not TIMES.search(c.lower_)), None
    )
    if receiver is not None and receiver.pos_ == "ADP":
        receiver = child(receiver, "pobj")
    return (receiver, span_of_act(act), True) if receiver is not None else NONE


def span_of_act(act: Token) -> tuple[int, int]:
    """From the "to" to the end of the act, with what is threatened behind it."""
    last = max([act.right_edge.i, *(c.right_edge.i for c in act.children if c.dep_ == "conj")])
    return trimmed(act, act.i - 1, last)
