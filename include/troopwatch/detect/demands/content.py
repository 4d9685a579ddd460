"""What is demanded: its type by the codebook's words, whether it is about forces, and who alone could do it."""

import re

from spacy.tokens import Token

from troopwatch.detect import lexicon
from troopwatch.detect.demands import content_model
from troopwatch.detect.reading import patterns
from troopwatch.detect.reading.parsed import Parsed, Span
from troopwatch.detect.reading.trees import child, pobj
from troopwatch.detect.reading.wordset import words
from troopwatch.detect.referents.naming import NATIONAL, PERSONAL_FORMS, Who
from troopwatch.detect.referents.who import who

DEPLOYING = ("withdraw_forces", "deploy_or_provide_forces", "disarm")


SURE = 1.5
"""Lead of the model, in log odds, from which it is believed over the listed words."""


def kinds(text: str) -> tuple[str, str | None]:
    """The content type, and the second one where several acts are named.

    The learned model decides where it is sure; where it is not, the codebook's listed words do, if any stands there.
    """
    found = listed(text)
    learned = content_model.guess(text)
    first = learned.kind if learned.lead >= SURE or not found else found[0]
    return first, next((kind for kind in found if kind != first), None)


def kinds_asked(text: str, asked: list[Who]) -> tuple[str, str | None]:
    """The same, with who is asked: a force that is asked to go is asked to withdraw, a state too."""
    first, second = kinds(text)
    if first == "leadership_change" and _is_only_going(text) and any(_is_a_force(w) for w in asked):
        return "withdraw_forces", second
    return first, second


GOING = re.compile(r"(?:for |to |that )?(?:\w+ ){0,3}(?:go|leave|quit|depart|departure|exit)\b", re.I)


def _is_only_going(text: str) -> bool:
    return bool(GOING.match(text)) and "office" not in text and "power" not in text


def _is_a_force(w: Who) -> bool:
    """A force, or a state or alliance, which can only be asked to go with its forces."""
    role = lexicon.by_term("roles", "roles").get(w.head, {})
    if w.form in PERSONAL_FORMS or role.get("kind") == "individual_office":
        return False
    sector = (w.code or "")[3:6]
    return bool(w.code) and (sector in ("MIL", "REB", "UAF", "SEP") or w.form in NATIONAL or w.head in FORCES)


FORCES = words("force troop soldier contingent battalion brigade mission peacekeeper garrison army they them it")


def listed(text: str) -> list[str]:
    """The types whose words stand in the text, in their order, each once."""
    return list(dict.fromkeys(entry["type"] for _, entry in patterns.matches("content", "types", text)))


def concerns_forces(kind: str, text: str) -> bool:
    """Whether it is about sending, keeping, using or removing forces or weapons (ruling 7)."""
    return kind in DEPLOYING or (
        bool(patterns.matches("content", "concerns", text))
        and kind not in ("release_or_return_persons", "humanitarian_access")
    )


def implied(p: Parsed, content: Span, demanders: list[Who | None], kind: str) -> Who | None:
    """The owner or holder named in the content, where only he could act: "Serbian forces", "held by Hamas".

    Of one's own country only who fights: "a plea for Ukraine's defence" by Ukraine is made to others.
    """
    found = _named_in(p, content, demanders)
    if found is None or kind in FIGHTING or OF_FORCES.search(content.text):
        return found
    own = {d.country for d in demanders if d is not None and d.country}
    return None if kind == "other" or found.country in own else found


OF_FORCES = re.compile(r"\b(?:troops?|forces|soldiers?|army|military|fighters)\b", re.I)
FIGHTING = ("withdraw_forces", "ceasefire_or_halt_military_action", "disarm", "release_or_return_persons")


def _named_in(p: Parsed, content: Span, demanders: list[Who | None]) -> Who | None:
    inside = [t for t in p.doc if content.start <= t.idx < content.end]
    for t in inside:
        if (
            t.lemma_ in ("hold", "keep", "seize", "detain", "capture", "impose")
            and (agent := child(t, "agent")) is not None
        ):
            thing = pobj(agent)
            if thing is None:
                continue
            if (found := who(p, thing)).code:
                return found
            led = next(
                (
                    m
                    for m in p.actors
                    if m.code and m.end <= thing.idx and p.text[m.end : m.end + 4] == "-led" and m.end > thing.idx - 20
                ),
                None,
            )
            if led is not None:
                return Who(found.span, led.code, led.form, found.head)
    for t in inside:
        if t.dep_ in ("poss", "amod", "compound", "nmod") and t.head.pos_ in ("NOUN", "PROPN") and t.head.i > t.i:
            owner = _owner(p, t, {d.code for d in demanders if d is not None})
            if owner is not None and not _is_setting(t.head, inside):
                return owner
    return None


STATES_OF_AFFAIRS = words(
    "ceasefire cease-fire truce peace war conflict crisis talk talks sanction election summit border"
)
"""What a name before it only places: "a Gaza ceasefire"."""


def _owner(p: Parsed, t: Token, demanders: set[str | None]) -> Who | None:
    if t.dep_ != "poss" and t.head.lemma_.lower() in STATES_OF_AFFAIRS:
        return None
    match = next((m for m in p.actors if m.code and m.start <= t.idx < m.end and m.form != "modifier"), None)
    if match is not None and match.end <= t.head.idx:
        return Who(Span(match.start, match.end, match.text), match.code, match.form, match.text.lower())
    if t.dep_ == "poss" and t.pos_ == "PRON":
        found = who(p, t)
        if found.code in demanders:
            return _other(p, t, found, demanders)
        return found if found.code else None
    return found if t.dep_ == "poss" and (found := who(p, t)).code else None


def _other(p: Parsed, t: Token, found: Who, demanders: set[str | None]) -> Who | None:
    """A demand is of another: "its invasion" is that of the actor named before who does not demand."""
    before = [m for m in p.actors if m.end <= t.idx and m.code and m.code not in demanders and m.form != "modifier"]
    return Who(found.span, before[-1].code, before[-1].form, found.head) if before else None


def _is_setting(noun: Token, inside: list[Token]) -> bool:
    """Whether the noun only says where, or about whom: "in Palestinian territories", "of Israeli hostages"."""
    prep = noun.head if noun.dep_ == "pobj" else None
    if (
        prep is not None
        and prep in inside
        and prep.lower_ in ("in", "on", "at", "against", "with", "into", "near", "towards", "between")
    ):
        return True
    return bool(
        re.fullmatch(
            r"hostages?|prisoners?|detainees?|refugees?|civilians?|people|victims?|territor(?:y|ies)|soil",
            noun.lemma_.lower(),
        )
    )
