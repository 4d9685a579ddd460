"""How far a deployment has come, and when it is: from its word's class, its form and what stands over it."""

from collections.abc import Iterable
from datetime import date

from spacy.tokens import Token

from troopwatch.detect.deployments.triggers import Trigger
from troopwatch.detect.reading.trees import children
from troopwatch.detect.referents.naming import Who
from troopwatch.detect.standing import Standing

DONE = {
    "send": "under_way",
    "mass": "under_way",
    "enter": "under_way",
    "surround": "under_way",
    "order": "ordered",
    "station": "present",
    "stay": "present",
    "presence": "present",
    "occupy": "present",
    "withdraw": "withdrawn",
    "rotate": "rotated",
    "ready": "ordered",
    "offer": "planned",
}


def first(rules: Iterable[tuple[object, str]], otherwise: str) -> str:
    """The value of the first rule that holds."""
    return next((value for holds, value in rules if holds), otherwise)


def phase(t: Trigger, s: Standing) -> str:
    """The codebook's phase of an event."""
    if t.deed == "withdraw":
        return _leaving(t, s)
    if t.deed in ("presence", "station", "stay", "occupy"):
        return _staying(t, s)
    placed = t.deed in ("send", "mass") and t.rule.startswith("participle") and t.token.tag_ == "VBN"
    return first(
        (
            (s.has("refused", "failed") or (s.negated and s.modal in ("will", "would")), "planned"),
            (_is_prolonged(t.token), "present"),
            (_is_unreal(t, s) or (s.if_clause and s.has("planned", "considered")), "considered"),
            (s.has("ordered"), "ordered"),
            (s.has("planned") or s.modal in ("will", "shall") or s.hedge == "planned", "planned"),
            (s.modal == "would", "planned" if s.speakers else "considered"),
            (s.has("begun"), "under_way"),
            (_is_bare(t.token), "planned"),
            (placed or _has_result(t), "present"),
            (t.deed == "order" and t.token.tag_ == "VBG", "under_way"),
        ),
        DONE[t.deed],
    )


PROLONGING = ("extension", "prolongation", "renewal", "continuation", "extend", "prolong", "renew", "continue")


def _is_prolonged(token: Token) -> bool:
    """As in "approved an extension of the deployment": what is prolonged is there."""
    over = token.head.head if token.dep_ == "pobj" and token.head.lower_ == "of" else token.head
    return token.pos_ == "NOUN" and token.dep_ in ("pobj", "dobj", "nsubjpass") and over.lemma_ in PROLONGING


RESULTS = ("deploy", "redeploy", "position", "amass", "mass", "concentrate", "assemble", "gather", "increase", "build")
"""Verbs that leave a force where it is said to be: "has massed troops on the border"."""


def _has_result(t: Trigger) -> bool:
    """The perfect of such a verb, or a noun for its result: told is what stands there now, unless it goes "to"."""
    token = t.token
    if token.pos_ in ("NOUN", "PROPN"):
        return t.deed == "mass" and token.lemma_.lower() in ("concentration", "massing", "amassing", "accumulation")
    perfect = any(c.lemma_ == "have" and c.tag_ in ("VBP", "VBZ") for c in children(token, "aux"))
    goes = any(c.lower_ in ("to", "into", "towards", "toward") for c in children(token, "prep"))
    return perfect and not goes and token.lemma_.lower() in RESULTS


def _is_progressive(token: Token) -> bool:
    return token.tag_ == "VBG" and any(c.dep_ == "aux" for c in token.children)


def _staying(t: Trigger, s: Standing) -> str:
    """A force that is, is kept or is based somewhere; only the word for it, not the bare noun, can be a mere plan."""
    if t.deed in ("station", "stay") and t.token.pos_ in ("VERB", "AUX"):
        if s.has("considered", "requested") or s.modal in ("could", "might", "may", "must"):
            return "considered"
        if s.has("planned", "refused") and (_is_bare(t.token) or t.token.tag_ == "VBG"):
            return "planned"
    if t.deed == "station" and t.token.pos_ == "VERB" and _is_unreal(t, s) and not s.negated:
        return "considered"
    if t.token.lemma_ in ("remain", "stay", "continue", "keep", "maintain", "retain") and s.modal in (
        "will",
        "would",
        "shall",
    ):
        return "present"
    not_begun = s.modal in ("will", "would", "shall") or (t.deed == "station" and s.negated and t.token.tag_ == "VBG")
    return "planned" if not_begun else "present"


def _is_unreal(t: Trigger, s: Standing) -> bool:
    """Only thought of, asked for, or made to hang on a condition."""
    if s.conditional or s.has("requested", "considered") or s.hedge == "considered":
        return True
    if s.modal in ("could", "might", "may", "should", "must", "can"):
        return True
    return s.negated and t.token.tag_ in ("VB", "VBG") and s.tense != "past" and not _is_progressive(t.token)


def _is_bare(token: Token) -> bool:
    """An infinitive: "to send"."""
    return token.tag_ in ("VB", "VBN") and any(c.lower_ == "to" for c in children(token, "aux"))


GONE = ("gone", "home", "back", "absent")
UNDONE = ("planned", "considered", "ordered", "requested", "refused", "failed")


def _leaving(t: Trigger, s: Standing) -> str:
    token, begun = t.token, s.has("begun")
    is_verb = token.pos_ == "VERB"
    undone = s.has(*UNDONE) or s.modal or s.conditional or s.hedge in ("planned", "considered")
    return first(
        (
            (undone or (is_verb and _is_bare(token) and not begun), "withdrawal_planned"),
            (token.lower_ in GONE and not is_verb, "withdrawn"),
            (begun or (is_verb and token.tag_ == "VBG" and s.tense == "present"), "withdrawing"),
            (is_verb and (token.tag_ in ("VBD", "VBN") or s.tense == "past"), "withdrawn"),
            (not is_verb and s.tense == "future", "withdrawal_planned"),
        ),
        "withdrawing",
    )


FORMER_STATES = {"SUN": 1991, "CSK": 1992, "DDR": 1990}
"""Their last years."""


def is_of_the_past(owner: Who | None, on: date | None) -> bool:
    """As in "Soviet occupation": the forces of a state that is no more belong to history, whatever the tense."""
    last = FORMER_STATES.get(owner.country or "") if owner is not None else None
    return last is not None and (on is None or on.year > last)


def tense(t: Trigger, s: Standing, phase_: str, *, is_past_date: bool) -> str:
    """The tense class; `is_past_date`: the sentence dates the event more than 90 days before its publication."""
    if is_past_date:
        return "historical"
    if phase_ in ("planned", "considered", "withdrawal_planned"):
        return "future"
    if (t.deed in ("presence",) and s.tense == "present") or s.tense in ("present", "future"):
        return "current"
    if t.token.pos_ in ("NOUN", "PROPN") and t.deed in ("station", "mass", "presence"):
        return "current"
    return "recent"
