"""Rows of the table `demands`: one for each demander and addressee of a word that asks (codebook 1.4, 2.2)."""

from dataclasses import dataclass, replace
from typing import Any

from troopwatch.detect import codes, hedging, rows
from troopwatch.detect.demands import answers, content, courts, crowds, frames, reality, sayings
from troopwatch.detect.demands.askers import DOCUMENTS, addressees_of, demanders_of, of_document, other_than
from troopwatch.detect.demands.demanders import BESIDE_THE_STATE, is_actor, is_demand, is_political, kind
from troopwatch.detect.demands.pieces import Frame
from troopwatch.detect.reading.parsed import Parsed, Span
from troopwatch.detect.referents.groups import members
from troopwatch.detect.referents.naming import Who
from troopwatch.detect.referents.who import who
from troopwatch.detect.standing import Standing
from troopwatch.tables import detect as tables

Row = dict[str, Any]


CONFIDENCE = {
    "verb": 0.9,
    "noun": 0.8,
    "modal_say": 0.75,
    "conditional": 0.75,
    "imperative_quote": 0.6,
    "resolution_or_ruling": 0.85,
}

ORDERS = ("order", "instruct", "direct", "tell", "command", "enjoin", "instruction")


def find(p: Parsed) -> list[Row]:
    """The demands of a sentence; offsets are into the sentence."""
    said = sayings.find(p)
    found = [f for f in frames.find(list(p.doc)) if not _is_quoted(f, said)] + said
    out: list[Row] = []
    taken: set[int] = set()
    for f in sorted(found, key=lambda f: f.trigger.i):
        if f.trigger.i not in taken and (made := _rows(p, f)):
            taken.add(f.trigger.i)
            out += made
    return out


def _is_quoted(f: Frame, said: list[Frame]) -> bool:
    """As in "Stop this," X urged Y: the object of the verb is who is told, and what is asked is the quotation."""
    told = [s.addressee.i for s in said if s.form == "imperative_quote" and s.addressee is not None]
    return not f.clause and f.content is not None and any(f.content[0] <= i <= f.content[1] for i in told)


@dataclass(frozen=True)
class Asked:
    """What one word asks for: its frame, how real it is, and its content, before it is a row."""

    frame: Frame
    standing: Standing
    text: Span | None
    kinds: tuple[str, str | None]
    implied: bool
    """Whether the addressee is only named in the content."""


def _with_answer(f: Frame) -> Frame:
    answer, responder = answers.behind(f.trigger) if f.answer == "none" else (f.answer, f.responder)
    return replace(f, answer=answer, responder=responder)


def _rows(p: Parsed, f: Frame) -> list[Row]:
    f = _with_answer(f)
    text = p.span(*f.content) if f.content else None
    named: list[Who] = addressees_of(p, f)
    demanders = [of_document(p, d) for d in demanders_of(p, f, {w.country for w in named})]
    named = [other_than(p, w, {d.country for d in demanders if d}) for w in named]
    demanders = [courts.of_the_land(d, named) for d in demanders]
    types = content.kinds_asked(text.text, named) if text else ("other", None)
    implied = content.implied(p, text, demanders, types[0]) if text and not named else None
    named = named or ([] if implied else _who_answers(p, f, demanders))
    if f.trigger.lemma_ in BY_SOMEBODY and f.form == "noun" and not any(is_actor(d) for d in demanders):
        return []
    if not is_political(p, text, [*demanders, *named]):
        p.drop(f.trigger, "mentions: no political actor in the sentence and no political act asked for")
        return []
    asked = Asked(
        f,
        hedging.standing(p, f.trigger),
        text,
        types,
        implied is not None,
    )
    if f.entry.get("weak") and asked.standing.has("requested") and not named:
        p.drop(f.trigger, "mentions: a weak word inside another demand, with nobody asked")
        return []
    addressees: list[Who | None] = [*named] or [implied]
    pairs = [(d, a) for d in demanders for a in addressees if _counts(asked, d, a)]
    if not pairs:
        sides = f"{kind(demanders[0])} asks {addressees[0].span.text if addressees[0] else 'nobody named'}"
        p.drop(f.trigger, f"demanders: {sides} for {asked.kinds[0]}: no political demand (codebook 2.2)")
    group = rows.digest(p.sentence.start, f.trigger.i, "demand") if len(pairs) > 1 else None
    return [_row(p, asked, d, a) | {"group_id": group} for d, a in pairs]


def _who_answers(p: Parsed, f: Frame, demanders: list[Who | None]) -> list[Who]:
    """As in "Helsinki granted a Ukrainian request": who answers is who was asked, where nobody else is."""
    if f.responder is None:
        return []
    asking = {d.code for d in demanders if d}
    return [w for w in members(p, f.responder) if w.code and w.code not in asking]


BY_SOMEBODY = ("pressure", "deadline", "instruction", "invitation")
"""Nouns that are a demand only where somebody makes it: "a looming deadline" is none."""
CALLS = ("call", "appeal", "plea", "clamour", "clamor", "chorus")
"""What is told of without who makes it: "calls are mounting for"."""


def _counts(asked: Asked, d: Who | None, a: Who | None) -> bool:
    """Whether a demand of these two counts as one."""
    f, kind_ = asked.frame, asked.kinds[0]
    same = bool(d and a and d.country and d.country == a.country)
    orders = f.trigger.lemma_ in ORDERS
    if d is not None and d.head == "you" and f.form == "modal_say":
        return False  # "what do you think that he should do?"
    if (orders and _is_within_a_hierarchy(f, d, a, same=same)) or _is_of_oneself(asked, d, a, same=same):
        return False
    between_states = bool(orders and d and d.country and a and a.country and not same)
    nobodys = d is None and f.form == "noun" and f.trigger.lemma_.lower() in CALLS and kind_ != "other"
    if between_states or nobodys:
        return True
    if _is_a_filing(f, d, a, same=same) or (f.form == "modal_say" and same and _is_the_state(d) and _is_the_state(a)):
        return False
    if f.trigger.lemma_ == "require" and (d is None or d.head in THINGS_THAT_NEED or not is_actor(d)):
        return False
    weak = bool(f.entry.get("weak")) or f.form in ("modal_say", "imperative_quote")
    return is_demand(d, a, kind_, weak=weak, act=f.clause)


THINGS_THAT_NEED = ("it", "this", "that", "which", "they")
"""What requires as a matter of course: "it requires patience"."""
STAFF = ("team", "staff", "aide", "adviser", "advisor", "lawyer", "deputy", "assistant", "wife", "husband", "son")


def _is_his_own(a: Who) -> bool:
    """As in "pressed his team": people of one's own."""
    return a.head in STAFF and a.span.text.lower().startswith(("his ", "her ", "its ", "their "))


FILED = ("ask", "request", "petition", "seek")


def _is_a_filing(f: Frame, d: Who | None, a: Who | None, *, same: bool) -> bool:
    """As in "asked an appeals court to overturn the ruling": a case at law, no political demand (codebook 2.2.6)."""
    to_court = a is not None and ((a.code or "")[3:6] == "JUD" or (a.code is None and kind(a) == "court"))
    return to_court and f.trigger.lemma_ in FILED and (same or d is None or d.code is None)


def _is_the_state(w: Who | None) -> bool:
    """As in "the minister said Japan must spend more": the state speaks of itself."""
    return w is not None and w.code is not None and w.code[:3] != "IGO" and w.code[3:6] in ("", "GOV", "MIL")


def _is_of_oneself(asked: Asked, d: Who | None, a: Who | None, *, same: bool) -> bool:
    """Whether who asks is who is asked, or wants his own troops back (ruling 9); "you" is nobody."""
    if a is not None and asked.frame.entry.get("weak") and (a.head == "you" or _is_his_own(a)):
        return True
    if d is None or a is None:
        return False
    if a.head == "it" and a.code is None and asked.frame.entry["term"] == "insist":
        return True
    own_troops = same and asked.implied and asked.kinds[0] == "withdraw_forces"
    return (own_troops and (d.code or "")[3:6] in ("GOV", "MIL", "")) or bool(
        d.code and d.code == a.code and d.span == a.span
    )


def _is_within_a_hierarchy(f: Frame, d: Who | None, a: Who | None, *, same: bool) -> bool:
    """Whether an order is a command of one body to its own (codebook 2.2.4), or nobody's."""
    if same and a is not None and (a.code or "")[3:6] in BESIDE_THE_STATE:
        return False
    if f.form == "noun" and a is None:
        return True
    if f.form == "noun" and d is None and f.clause and a is not None and a.code:
        return f.trigger.doc[f.content[0]].lower_ != "that" if f.content else True
    if same:
        return d is None or "JUD" not in (d.code or "")
    return not (d and (d.code or kind(d) == "court"))


def _row(p: Parsed, asked: Asked, d: Who | None, a: Who | None) -> Row:
    f, s, text = asked.frame, asked.standing, asked.text
    said = rows.speakers(p, s)
    if said.nearest is not None and f.responder is not None and said.nearest.span == who(p, f.responder).span:
        said = rows.Speakers(None, None)  # who answers does not speak for who asks
    if (
        said.nearest is not None
        and d is not None
        and said.nearest.span == d.span
        and f.form not in reality.SAID
        and not s.has("denied")
    ):
        said = rows.Speakers(None, None)
    row = rows.common(p, tables.demands, p.span(f.trigger.i, f.trigger.i), s, said)
    rows.span(row, "demander", d.span if d else None)
    rows.span(row, "addressee", a.span if a else None)
    rows.span(row, "content", text)
    words = text.text if text else ""
    row |= {
        "demander_code": crowds.code_of(d),
        "demander_kind": kind(d),
        "addressee_code": a.code if a else None,
        "addressee_implied": asked.implied,
        "content_type": asked.kinds[0],
        "content_type_2": asked.kinds[1],
        "strength": reality.strength(f, words),
        "form": _form(d, f),
        "response": f.answer,
        "responder_code": who(p, f.responder).code if f.responder is not None else None,
        "concerns_deployment": content.concerns_forces(asked.kinds[0], words),
        "status": reality.status_of(p, f, s, own=_is_own_word(d, said)),
        "speaker_is_party": bool(d and d.country and said.nearest.country == d.country)
        if said.nearest and said.nearest.code
        else None,
        "unresolved": _unresolved(d, a),
    }
    row["tense_class"] = reality.tense(p, f, s, row["status"], text)
    reality.deadline(p, row, text)
    row["rule"] = f"demand/{f.form}:{f.entry['term']}"
    row["confidence"] = CONFIDENCE[f.form] - (0.0 if d and d.code else 0.1) - (0.1 if f.entry.get("weak") else 0.0)
    return row | codes.of_demand(row)


def _form(d: Who | None, f: Frame) -> str:
    if d is not None and (DOCUMENTS.search(d.head) or ((d.code or "").endswith("JUD") and f.trigger.lemma_ in ORDERS)):
        return "resolution_or_ruling"
    return f.form


def _unresolved(d: Who | None, a: Who | None) -> str | None:
    reasons = [
        f"{name}: {w.reason}"
        for name, w in (("demander", d), ("addressee", a))
        if w is not None and w.code is None and w.reason
    ]
    return "; ".join(reasons) or None


def _is_own_word(d: Who | None, said: rows.Speakers) -> bool:
    """Whether who speaks of the demand is who would have made it: "never asked, the embassy said"."""
    return bool(d and d.country and said.nearest and said.nearest.country == d.country)
