"""Deployments that a demand takes for granted: who is told to leave is there (codebook 2.2.9, ruling 10)."""

import re
from collections.abc import Iterable
from typing import Any

from spacy.tokens import Token

from troopwatch.detect import codes
from troopwatch.detect.deployments import forces, mentions
from troopwatch.detect.deployments.forces import Force
from troopwatch.detect.reading.parsed import Parsed
from troopwatch.detect.reading.trees import SUBJECTS, above, child, top
from troopwatch.detect.reading.wordset import words
from troopwatch.detect.referents import place_words

Row = dict[str, Any]

LEAVING = words(
    "withdraw leave quit exit depart vacate evacuate recall remove clear retreat repatriate redeploy retire vanish "
    "withdrawal departure pullout pull-out pull_out pullback pull-back removal evacuation exit retreat repatriation "
    "recall drawdown expel eject oust dislodge disengage"
)
"""Words that by themselves say that a force goes."""
AWAY = words("out back home away off gone elsewhere down")
"""With a verb of moving, that it goes."""
MOVING = words(
    "pull move bring take send get go ship fly call draw order thin keep come walk march sail return be want"
)
PAUSING = words(
    "pause delay halt suspension suspend stop postpone postponement slow end freeze reverse reversal cancel"
)
"""Over a withdrawal, that it is not what is asked for."""
POINTERS = ("its", "their", "his", "her", "your", "our")


def taken_for_granted(p: Parsed, moves: list[Row], asks: list[Row]) -> list[Row]:
    """The rows that are missing; those that are there are set right."""
    made: list[Row] = []
    for ask in _leading(asks):
        going = _goes(p, ask)
        if going is None:
            continue
        for force in _told_to_go(p, ask, going):
            here = [m for m in moves if m["force_start"] is not None and _overlap(m, force)]
            rows = here or mentions.demanded(p, force, going, is_subject=force.head.dep_ in SUBJECTS)
            if not here and _is_nobodys(force, rows):
                continue
            for row in rows:
                is_there(row, ask, roles=("from", "to"))
                if ask["status"] != "hypothetical":
                    spoken_by_demander(row, ask)
                row.update(codes.of_deployment(row, joint=False))
            rows = _of_addressees(rows, force, asks, ask)
            made += [] if here else rows
            if len(rows) > len(here) > 0:
                made += rows[len(here) :]
    return made


def _leading(asks: list[Row]) -> Iterable[Row]:
    """One of each group of demands that share their words; "willing to withdraw if asked" takes nothing for granted."""
    seen: set[int] = set()
    for ask in asks:
        if_asked = ask["status"] == "hypothetical" and (ask["content_start"] or 0) < ask["trigger_start"]
        real = ask["content_start"] is not None and ask["status"] != "negated" and not if_asked
        if real and ask["trigger_start"] not in seen:
            seen.add(ask["trigger_start"])
            yield ask


def _goes(p: Parsed, ask: Row) -> Token | None:
    """The word in what is demanded by which a force goes; None where none has to."""
    inside = [t for t in p.doc if ask["content_start"] <= t.idx < ask["content_end"]]
    around = {t.lower_ for t in inside}
    for t in inside:
        if any(a.lemma_.lower() in PAUSING for a in above(t, 3) if a in inside):
            continue
        if t.lemma_.lower() in LEAVING and t.pos_ in ("VERB", "NOUN", "PROPN", "AUX"):
            return t
        if t.lemma_ in MOVING and t.pos_ in ("VERB", "AUX") and (around & AWAY or _is_bare_go(t)):
            return t
    out = next((t for t in inside if t.lower_ in AWAY), None)
    return out.head if out is not None and ask["trigger_text"].lower().startswith("want") else None


def _is_bare_go(t: Token) -> bool:
    """As in "for its soldiers to go"."""
    return t.lemma_ == "go" and not any(c.dep_ in ("prep", "xcomp", "dobj", "advmod") for c in t.children)


def _told_to_go(p: Parsed, ask: Row, going: Token) -> list[Force]:
    """The forces that are to go, or to be taken away; else the force that is itself told to go."""
    start, end = ask["content_start"], ask["content_end"]
    every = forces.find(p)
    named = [f for f in every if start <= f.noun.idx < end and _is_party(f, going, wanted=ask["trigger_text"])]
    if named or child(going, "dobj") is not None or ask["addressee_start"] is None:
        return named
    return [f for f in every if f.span.start <= ask["addressee_start"] < f.span.end]


def _is_party(force: Force, going: Token, *, wanted: str) -> bool:
    """Whether the force is what goes: subject or object of the word, or what the noun is of."""
    head = top(force.head)
    over = head.head
    if over == going or wanted.lower().startswith("want"):
        return head.dep_ in (*SUBJECTS, "dobj", "poss", "compound", "nmod", "dep") or over != going
    return over.dep_ == "prep" and over.lower_ in ("of", "by", "for") and over.head == going


def _overlap(row: Row, force: Force) -> bool:
    return bool(row["force_start"] < force.span.end and force.span.start < row["force_end"])


def _is_nobodys(force: Force, rows: list[Row]) -> bool:
    """Whether it is a force of nobody that nothing places."""
    placed = any(r["places"] for r in rows)
    owned = any(r["force_owner_code"] for r in rows) or any(c.lower_ in POINTERS for c in force.noun.children)
    return not placed and not owned


def is_there(row: Row, ask: Row, roles: tuple[str, ...]) -> None:
    """Makes the row one of a force that is there when it is told to go; places in these roles are where it is."""
    if row["_noun"] is not None and row["_deed"] != "presence":
        row["trigger_text"], row["trigger_start"], row["trigger_end"] = row["_noun"]
    tense = ask["tense_class"] if ask["tense_class"] != "future" else "current"
    row |= {"phase": "present", "status": "asserted", "tense_class": tense}
    for place in row["places"]:
        if place["role"] in roles:
            place["role"] = "near" if place_words.BORDER.search(place["text"]) and place["country"] is None else "in"
    if not row["rule"].startswith("deployment/demanded"):
        row["rule"] = row["rule"].replace("deployment/", "deployment/demanded:")


def spoken_by_demander(row: Row, ask: Row) -> None:
    """What stands in a demand is said by who makes it, where no other speaker is named."""
    if ask["demander_text"] and row["speaker_text"] is None:
        for part in ("text", "start", "end", "code"):
            row[f"speaker_{part}"] = ask[f"demander_{part}"]


def _of_addressees(rows: list[Row], force: Force, asks: list[Row], ask: Row) -> list[Row]:
    """As in "urged Ankara to recall its troops": whose they are, where nothing else says it; one row of each."""
    pointing = any(c.lower_ in POINTERS for c in force.noun.children)
    demanders = {(a["demander_code"] or "")[:3] for a in asks}
    asked = [a for a in asks if a["trigger_start"] == ask["trigger_start"] and a["addressee_text"]]
    own = {a["addressee_code"]: a for a in asked}
    for row in list(rows):
        code = row["force_owner_code"]
        if code and not (code[:3] in demanders and own and code[:3] not in {(c or "")[:3] for c in own}):
            continue
        if not pointing and _is_foreign(force):
            continue
        if not own:
            continue
        first, *others = own.items()
        _owned(row, *first)
        rows = [*rows, *(_owned({**row, "places": [dict(x) for x in row["places"]]}, *o) for o in others)]
    return rows


def _is_foreign(force: Force) -> bool:
    return any(c.lower_ in ("foreign", "all", "any", "occupying", "outside") for c in force.noun.children)


def _owned(row: Row, code: str | None, ask: Row) -> Row:
    armed = bool(code) and re.search(r"(REB|UAF|SEP|MIL)$", code or "")
    body = bool(code) and (code or "").startswith(("IGO", "---"))
    owner = code if armed or body else f"{(code or '')[:3]}MIL" if code else None
    row |= {"force_owner_code": owner, "force_owner_text": ask["addressee_text"] if code else None}
    row["unresolved"] = None if owner else row["unresolved"]
    return row
