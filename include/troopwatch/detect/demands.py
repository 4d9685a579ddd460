"""Rows of the table `demands`: one for each demander and addressee of a word that asks (codebook 1.4, 2.2)."""

import re
from dataclasses import replace
from typing import Any

from spacy.tokens import Token

from troopwatch.detect import codes, content, frames, hedging, rows, sayings, times
from troopwatch.detect.demanders import is_actor, is_demand, kind
from troopwatch.detect.frames import Frame
from troopwatch.detect.hedging import Standing
from troopwatch.detect.parsed import Parsed, Span
from troopwatch.detect.trees import conjuncts
from troopwatch.detect.who import Who, members, who
from troopwatch.tables.detect import demands as TABLE

Row = dict[str, Any]
CONFIDENCE = {"verb": 0.9, "noun": 0.8, "modal_say": 0.75, "conditional": 0.75, "imperative_quote": 0.6, "resolution_or_ruling": 0.85}
ORDERS = ("order", "instruct", "direct", "tell")
PRONOUNS = ("they", "he", "him", "it", "them", "she", "her")
DOCUMENTS = re.compile(r"\bresolution\b", re.I)
DEADLINE = re.compile(r"\b(?:or (?:else|face|risk)\b|\d+-(?:hour|day)\b|deadline|ultimatum)", re.I)


def find(p: Parsed) -> list[Row]:
    """The demands of a sentence; offsets are into the sentence."""
    found = frames.find(list(p.doc)) + sayings.find(p)
    out: list[Row] = []
    taken: set[int] = set()
    for f in sorted(found, key=lambda f: f.trigger.i):
        if f.trigger.i not in taken and (made := _rows(p, f)):
            taken.add(f.trigger.i)
            out += made
    return out


def _rows(p: Parsed, f: Frame) -> list[Row]:
    text = p.span(*f.content) if f.content else None
    kind_, second = content.kinds(text.text) if text else ("other", None)
    demanders: list[Who | None] = list(members(p, f.demander)) if f.demander is not None else [None]
    demanders = [_of_document(p, d) for d in demanders]
    named: list[Who] = _addressees(p, f)
    implied = content.implied(p, text) if text and not named else None
    addressees: list[Who | None] = [*named] or [implied]
    s = hedging.standing(p, f.trigger)
    if f.entry.get("weak") and s.has("requested") and not named:
        return []
    made = [
        _row(p, f, s, d, a, text, kind_, second, is_implied=implied is not None)
        for d in demanders for a in addressees
        if _counts(f, d, a, kind_, is_implied=implied is not None)
    ]
    if len(made) > 1:
        group = rows.digest(p.sentence.start, f.trigger.i, "demand")
        for row in made:
            row["group_id"] = group
    return made


def _addressees(p: Parsed, f: Frame) -> list[Who]:
    if f.addressee is None or f.addressee.pos_ == "VERB":
        return [who(p, f.responder)] if f.responder is not None and f.content is None else []
    found = members(p, f.addressee)
    loose = f.form in ("conditional", "noun") or f.entry.get("frame") in ("of", "on") and f.addressee.dep_ != "pobj"
    return [w for w in found if w.code or is_actor(w) or w.head in PRONOUNS] if loose else found


def _of_document(p: Parsed, w: Who | None) -> Who | None:
    """A resolution speaks for its body: the one that the sentence names."""
    if w is None or w.code or not DOCUMENTS.search(w.head):
        return w
    body = next((m for m in p.actors if m.code and m.code.startswith("IGO")), None)
    return replace(w, code=body.code, form="igo", span=Span(body.start, body.end, body.text)) if body else w


def _counts(f: Frame, d: Who | None, a: Who | None, kind_: str, *, is_implied: bool) -> bool:
    same = bool(d and a and d.country and d.country == a.country)
    if f.trigger.lemma_ in ORDERS and (same and (d is None or "JUD" not in (d.code or "")) or not (d and d.code)):
        return False
    if same and is_implied and kind_ == "withdraw_forces" and d is not None and (d.code or "")[3:6] in ("GOV", "MIL", ""):
        return False
    if d and a and d.code and d.code == a.code and d.span == a.span:
        return False
    return is_demand(d, a, kind_, weak=bool(f.entry.get("weak")) or f.form in ("modal_say", "imperative_quote"))


def _row(p: Parsed, f: Frame, s: Standing, d: Who | None, a: Who | None, text: Span | None, kind_: str, second: str | None,
         *, is_implied: bool) -> Row:
    said = rows.speakers(p, s)
    if said.nearest is not None and d is not None and said.nearest.span == d.span and f.form != "modal_say":
        said = rows.Speakers(None, None)
    row = rows.common(p, TABLE, p.span(f.trigger.i, f.trigger.i), s, said)
    rows.span(row, "demander", d.span if d else None)
    rows.span(row, "addressee", a.span if a else None)
    rows.span(row, "content", text)
    words = text.text if text else ""
    row |= {
        "demander_code": d.code if d else None,
        "demander_kind": kind(d),
        "addressee_code": a.code if a else None,
        "addressee_implied": is_implied,
        "content_type": kind_,
        "content_type_2": second,
        "strength": "ultimatum" if DEADLINE.search(words) else f.strength,
        "form": _form(d, f),
        "response": f.answer,
        "responder_code": who(p, f.responder).code if f.responder is not None else None,
        "concerns_deployment": content.concerns_forces(kind_, words),
        "status": _status(s),
        "speaker_is_party": bool(d and d.country and said.nearest.country == d.country) if said.nearest and said.nearest.code else None,
        "unresolved": _unresolved(d, a),
    }
    row["tense_class"] = _tense(p, s, row["status"])
    _deadline(p, row, text)
    row["rule"] = f"demand/{f.form}:{f.entry['term']}"
    row["confidence"] = CONFIDENCE[f.form] - (0.0 if d and d.code else 0.1) - (0.1 if f.entry.get("weak") else 0.0)
    return row | codes.of_demand(row)


def _form(d: Who | None, f: Frame) -> str:
    if d is not None and (DOCUMENTS.search(d.head) or (d.code or "").endswith("JUD") and f.trigger.lemma_ in ORDERS):
        return "resolution_or_ruling"
    return f.form


def _unresolved(d: Who | None, a: Who | None) -> str | None:
    reasons = [f"{name}: {w.reason}" for name, w in (("demander", d), ("addressee", a)) if w is not None and w.code is None and w.reason]
    return "; ".join(reasons) or None


def _status(s: Standing) -> str:
    if s.has("denied"):
        return "denied"
    if s.has("refused") or s.negated and s.modal in ("will", "would"):
        return "refused"
    if s.negated:
        return "negated"
    if s.has("alleged") or s.hedge == "alleged" or s.unnamed_source:
        return "alleged"
    voted = s.first("planned")
    planned = voted is not None and voted.lemma_ not in ("vote", "agree", "decide", "want", "set", "go")
    if s.has("requested", "considered") or planned or s.conditional or s.hedge in ("considered", "planned"):
        return "hypothetical"
    if s.modal in ("could", "might", "may", "would", "should", "must", "can", "will", "shall"):
        return "hypothetical"
    return "asserted"


def _tense(p: Parsed, s: Standing, status: str) -> str:
    if times.is_old(times.find(p.text, p.on), p.on):
        return "historical"
    if status == "hypothetical" or s.tense == "future":
        return "future"
    return "current" if s.tense == "present" else "recent"


def _deadline(p: Parsed, row: Row, text: Span | None) -> None:
    """The last day that the content gives; "or face ..." is what is threatened."""
    if text is None:
        return
    threat = re.search(r",?\s*or (?:else|face|risk)\b.*$", text.text)
    row["consequence_text"] = threat[0].strip(" ,") if threat else None
    limit = re.search(r"\b(?:by|before|until) (.*)$", text.text)
    found = times.find(text.text[limit.start() :], p.on) if limit else []
    if found and found[0].last and p.on and found[0].last >= p.on:
        row["deadline_date"] = found[0].last


def trigger_of(row: Row) -> Token | None:
    return None
