"""Presence that one side alleges and the other denies in one sentence: two rows (ruling 11)."""

import re
from typing import Any

from spacy.tokens import Token

from troopwatch.detect import codes, rows
from troopwatch.detect.reading.parsed import Parsed
from troopwatch.detect.reading.trees import SUBJECTS, child
from troopwatch.detect.reading.wordset import words
from troopwatch.detect.referents.naming import Who
from troopwatch.detect.referents.who import who

Row = dict[str, Any]
POINTERS = words(
    "which this that it claim claims charge charges assertion assertions statement "
    "suggestion accounts account allegation allegations accusation accusations report reports charge charges"
)
DENIAL = re.compile(r"\b(?:den(?:y|ies|ied)|reject|dismiss|call|describ|brand|refut|rubbish|contradict|brush)", re.I)
ACCUSING = ("asserted", "alleged")


def of(p: Parsed, row: Row) -> list[Row]:
    """The denied twin of a row, where another than its speaker denies it; the row itself becomes an allegation."""
    denier = _denier(p, row) if DENIAL.search(p.text) else None
    if denier is None or row["status"] not in ACCUSING or row["speaker_text"] is None:
        return []
    twin = dict(row, places=[dict(x) for x in row["places"]], status="denied", rule=f"{row['rule']}/denied")
    rows.span(twin, "speaker", denier.span)
    twin |= {"speaker_code": denier.code, "speaker_outer_text": None}
    twin["speaker_is_party"] = bool(
        denier.country and row["force_owner_code"] and denier.country == row["force_owner_code"][:3]
    )
    row["status"] = "alleged"
    group = row["group_id"] or rows.digest(p.sentence.start, row["trigger_start"], "sides")
    row["group_id"] = twin["group_id"] = group
    for r in (row, twin):
        r.update(codes.of_deployment(r, joint=False))
    return [twin]


def _denier(p: Parsed, row: Row) -> Who | None:
    for verb in p.doc:
        if (
            (verb.lemma_ in DENYING or _calls_it_false(verb))
            and verb.pos_ == "VERB"
            and verb.idx > row["trigger_start"]
            and _of_it(verb)
        ):
            thing = child(verb, *SUBJECTS)
            found = who(p, thing) if thing is not None else None
            if found is not None and found.span.text != row["speaker_text"]:
                return found
    return None


def _calls_it_false(verb: Token) -> bool:
    """As in "a charge that Kigali calls a fable"."""
    near = verb.lemma_ in ("call", "describe", "brand", "label", "denounce") and verb.pos_ == "VERB"
    return near and any(t.lemma_.lower() in FALSE for t in verb.subtree)


FALSE = words(
    "fable lie fabrication fiction invention nonsense falsehood "
    "false untrue baseless groundless unfounded absurd rubbish"
    "slander propaganda myth hoax fantasy disinformation ridiculous fake"
)
DENYING = words("deny reject dismiss refute rubbish")


def _of_it(verb: Token) -> bool:
    """Whether the verb is said of what was alleged: its object, or the noun that its clause describes."""
    thing = child(verb, "dobj")
    if thing is not None and thing.lower_ in POINTERS:
        return True
    told = {t.lower_ for t in verb.subtree if t.i > verb.i} & POINTERS
    return bool(told) or (verb.dep_ in ("relcl", "acl") and verb.head.lower_ in POINTERS)
