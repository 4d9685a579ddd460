"""How far a deployment has come, and when it is: from its word's class, its form and what stands over it."""

from spacy.tokens import Token

from troopwatch.detect.hedging import Standing
from troopwatch.detect.trees import children
from troopwatch.detect.triggers import Trigger

DONE = {"send": "under_way", "mass": "under_way", "enter": "under_way", "surround": "under_way", "order": "ordered",
        "station": "present", "stay": "present", "presence": "present", "occupy": "present", "withdraw": "withdrawn",
        "rotate": "rotated", "ready": "present"}
FUTURE = ("planned", "considered", "ordered", "requested")


def phase(t: Trigger, s: Standing) -> str:
    """The codebook's phase of an event."""
    if t.deed == "withdraw":
        return _leaving(t, s)
    if t.deed in ("presence", "station", "stay", "occupy"):
        if s.modal in ("will", "would") or t.deed == "station" and _is_bare(t.token) and s.has("planned", "refused"):
            return "planned"
        return "considered" if t.deed == "station" and _is_bare(t.token) and s.has("considered", "requested") else "present"
    if s.has("refused") or s.has("failed"):
        return "planned"
    if s.has("requested", "considered") or s.hedge == "considered" or s.modal in ("could", "might", "may", "should", "must", "can"):
        return "considered"
    if s.has("ordered"):
        return "ordered"
    if s.has("planned") or s.modal in ("will", "shall") or s.hedge == "planned":
        return "planned"
    if s.modal == "would":
        return "planned" if s.speakers else "considered"
    if s.has("begun"):
        return "under_way"
    if _is_bare(t.token):
        return "planned"
    if t.deed == "send" and t.rule.startswith("participle") and t.token.tag_ == "VBN":
        return "present"
    if t.deed == "order" and t.token.tag_ == "VBG":
        return "under_way"
    return DONE[t.deed]


def _is_bare(token: Token) -> bool:
    """An infinitive: "to send"."""
    return token.tag_ == "VB" and any(c.lower_ == "to" for c in children(token, "aux"))


def _leaving(t: Trigger, s: Standing) -> str:
    if s.has("planned", "considered", "ordered", "requested", "refused", "failed") or s.modal or s.hedge in ("planned", "considered"):
        return "withdrawal_planned"
    token = t.token
    if token.pos_ == "VERB":
        if _is_bare(token) and not s.has("begun"):
            return "withdrawal_planned"
        if token.tag_ == "VBG" and (s.tense == "present" or s.has("begun")) or s.has("begun"):
            return "withdrawing"
        if token.tag_ in ("VBD", "VBN") or s.tense == "past":
            return "withdrawn"
        return "withdrawing"
    if s.has("begun"):
        return "withdrawing"
    return "withdrawal_planned" if s.tense == "future" else "withdrawing"


def tense(t: Trigger, s: Standing, phase_: str, *, is_past_date: bool) -> str:
    """The tense class; `is_past_date`: the sentence dates the event more than 90 days before its publication."""
    if is_past_date:
        return "historical"
    if phase_ in ("planned", "considered", "withdrawal_planned"):
        return "future"
    if t.deed in ("presence",) and s.tense == "present" or s.tense in ("present", "future"):
        return "current"
    if t.token.pos_ in ("NOUN", "PROPN") and t.deed in ("station", "mass", "presence"):
        return "current"
    return "recent"
