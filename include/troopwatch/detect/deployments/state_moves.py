"""Withdrawals, presences and occupations of a state that come without a noun for its force (ruling 4)."""

import re

from spacy.tokens import Token

from troopwatch.detect import lexicon
from troopwatch.detect.deployments.triggers import Trigger
from troopwatch.detect.lexicon import Entry
from troopwatch.detect.reading.parse import lemma
from troopwatch.detect.reading.parsed import Parsed
from troopwatch.detect.reading.trees import child, children, pobj, preps, subject
from troopwatch.detect.reading.wordset import words
from troopwatch.detect.referents import regions
from troopwatch.detect.referents.naming import NATIONAL
from troopwatch.detect.referents.who import who

MILITARY_ADJECTIVES = frozenset({"military", "troop", "troops", "force", "forces", "army", "naval"})


def find(p: Parsed, used: set[int]) -> list[Trigger]:
    """Withdrawals, presences and occupations of a state or "the military" with no noun for the force (ruling 4)."""
    found: list[Trigger] = []
    nouns = lexicon.by_term("deployment", "nouns")
    for token in p.doc:
        if token.i in used:
            continue
        entry = nouns.get(lemma(token)) if token.pos_ in ("NOUN", "PROPN") else None
        if (
            entry
            and entry["class"] in ("withdraw", "mass", "station", "occupy", "send", "order")
            and _of_state(p, token, entry)
        ):
            found.append(Trigger(token, entry["class"], f"state:{entry['term']}"))
        elif (
            token.pos_ == "VERB"
            and token.lemma_.lower() in ("withdraw", "pull", "occupy", "quit")
            and _state_moves(p, token)
        ):
            deed = "occupy" if token.lemma_ == "occupy" else "withdraw"
            found.append(Trigger(token, deed, f"state:{token.lemma_.lower()}", force_is_subject=True))
    return found


def _of_state(p: Parsed, token: Token, entry: Entry) -> bool:
    before = children(token, "amod", "compound", "poss", "nmod")
    if any(t.lower_ in MILITARY_ADJECTIVES for t in before):
        return str(entry["term"]) != "escalation"  # of a war, not of a force
    if entry["class"] not in ("withdraw", "occupy") or entry["term"] in (
        "return",
        "exit",
        "arrival",
        "reduction",
        "evacuation",
    ):
        return False
    state = any(
        m.end <= token.idx + len(token) and m.form != "modifier"
        for m in p.actors_in(p.span(min([t.left_edge.i for t in before] or [token.i]), token.i))
    )
    poss = child(token, "poss")
    if not state and poss is not None and poss.pos_ == "PRON":
        state = who(p, poss).code is not None
    if entry["class"] == "occupy":
        return state
    leaving = entry["term"] in ("withdrawal", "pullout", "pull-out", "pullback", "drawdown")
    if state and leaving and not preps(token, "from") and WARLIKE.search(p.text):
        return True
    return state and any(x["country"] for x in regions.of(p, [token])) and not _from_accord(token)


WARLIKE = re.compile(
    r"\b(?:truce|cease-?fire|troops?|soldiers?|military|war|army|armies|taliban|hostages?|peace|occup\w+|buffer|front|forces)\b",
    re.I,
)
"""What makes the withdrawal of a state one of its forces, where no place is named."""


def _from_accord(token: Token) -> bool:
    """Withdrawal from a treaty, a race, a deal."""
    things = [pobj(prep) for prep in preps(token, "from")]
    return any(t is not None and t.lemma_.lower() in NO_PLACES for t in things)


NO_PLACES = words(
    "treaty agreement accord pact deal race election organization organisation convention union court body talks "
    "meeting summit office job post"
)


def _state_moves(p: Parsed, verb: Token) -> bool:
    thing = next(iter(children(verb, "nsubj")), None) or (subject(verb) if verb.lemma_ == "quit" else None)
    if thing is None or (verb.lemma_ == "pull" and not any(c.lower_ in ("out", "back") for c in verb.children)):
        return False
    if (verb.lemma_ not in ("occupy", "quit") and children(verb, "dobj")) or _from_accord(verb):
        return False
    actor = who(p, thing)
    if (
        actor.code is None
        or actor.form not in NATIONAL | {"office", None, "military", "government"}
        or len(actor.code) > 6
    ):
        return False
    if verb.lemma_ == "quit":
        return any(x["country"] for t in children(verb, "dobj") for x in regions.at(p, t, "from"))
    if verb.lemma_ == "occupy":
        return any(regions.at(p, t, "in") for t in children(verb, "dobj"))
    return any(x["country"] and x["role"] == "from" for x in regions.of(p, [verb]))
