"""What is demanded: its type by the codebook's words, whether it is about forces, and who alone could do it."""

import re

from spacy.tokens import Token

from troopwatch.detect import patterns
from troopwatch.detect.parsed import Parsed, Span
from troopwatch.detect.trees import child, phrase, pobj
from troopwatch.detect.who import Who, who

DEPLOYING = ("withdraw_forces", "deploy_or_provide_forces", "disarm")


def kinds(text: str) -> tuple[str, str | None]:
    """The content type, and the second one where several acts are named."""
    found: list[str] = []
    for _, entry in patterns.matches("content", "types", text):
        if entry["type"] not in found:
            found.append(entry["type"])
    return (found[0] if found else "other"), (found[1] if len(found) > 1 else None)


def concerns_forces(kind: str, text: str) -> bool:
    """Whether it is about sending, keeping, using or removing forces or weapons (ruling 7)."""
    return kind in DEPLOYING or bool(patterns.matches("content", "concerns", text)) and kind not in ("release_or_return_persons", "humanitarian_access")


def implied(p: Parsed, content: Span) -> Who | None:
    """The owner or holder named in the content, where only he could act: "Serbian forces", "held by Hamas", "its war"."""
    inside = [t for t in p.doc if content.start <= t.idx < content.end]
    for t in inside:
        if t.lemma_ in ("hold", "keep", "seize", "detain", "capture", "impose") and (agent := child(t, "agent")) is not None:
            thing = pobj(agent)
            if thing is not None and (found := who(p, thing)).code:
                return found
    for t in inside:
        if t.dep_ in ("poss", "amod", "compound", "nmod") and t.head.pos_ in ("NOUN", "PROPN") and t.head.i > t.i:
            found = _owner(p, t)
            if found is not None and not _is_setting(t.head, inside):
                return found
    return None


def _owner(p: Parsed, t: Token) -> Who | None:
    span = p.span(*phrase(t))
    match = next((m for m in p.actors if m.code and m.start <= t.idx < m.end and m.form != "modifier"), None)
    if match is not None and match.end <= t.head.idx:
        return Who(Span(match.start, match.end, match.text), match.code, match.form, match.text.lower())
    if t.dep_ == "poss" and t.pos_ == "PRON":
        found = who(p, t)
        return found if found.code else None
    if t.dep_ == "poss" and (found := who(p, t)).code:
        return found
    return None if span else None


def _is_setting(noun: Token, inside: list[Token]) -> bool:
    """Whether the noun only says where, or about whom: "in Palestinian territories", "of Israeli hostages"."""
    prep = noun.head if noun.dep_ == "pobj" else None
    if prep is not None and prep in inside and prep.lower_ in ("in", "on", "at", "against", "with", "into", "near", "towards", "between"):
        return True
    return bool(re.fullmatch(r"hostages?|prisoners?|detainees?|refugees?|civilians?|people|victims?|territor(?:y|ies)|soil", noun.lemma_.lower()))
