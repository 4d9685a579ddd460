"""Rows of the table `deployments`: one for each force, trigger and owner of a sentence (codebook 1.3, 2.1)."""

import re
from dataclasses import dataclass, replace
from typing import Any

from spacy.tokens import Token

from troopwatch.detect import codes, forces, hedging, lexicon, phases, regions, rows, times, triggers
from troopwatch.detect.counts import Count
from troopwatch.detect.forces import Force
from troopwatch.detect.hedging import Standing
from troopwatch.detect.owners import owners, side
from troopwatch.detect.parsed import Parsed, Span
from troopwatch.detect.patterns import first_match
from troopwatch.detect.trees import children, subtree, top
from troopwatch.detect.triggers import Trigger
from troopwatch.detect.who import Who
from troopwatch.tables.detect import deployments as TABLE

Row = dict[str, Any]
CONFIDENCE = {"object": 0.9, "subject": 0.85, "participle": 0.9, "noun": 0.85, "agent": 0.85, "complement": 0.8,
              "presence": 0.7, "state": 0.7, "shared": 0.7, "subset": 0.8, "total": 0.8, "demanded": 0.85}


@dataclass
class Mention:
    """A force with its trigger and how real it is: a row before it has an owner."""

    force: Force | None
    trigger: Trigger
    standing: Standing
    owners: list[Who]


def find(p: Parsed) -> list[Row]:
    """The deployments of a sentence; offsets are into the sentence."""
    found = [m for f in forces.find(p) if (m := _mention(p, f))]
    used = {m.trigger.token.i for m in found} | {f.noun.i for m in found if (f := m.force)}
    for t in triggers.without_force(p, used):
        found.append(_stand(p, None, t))
    out: list[Row] = []
    for m in _single(found):
        out += _rows(p, m)
    out += _subsets(p, found, out)
    return out


def _mention(p: Parsed, force: Force) -> Mention | None:
    t = triggers.of_force(p, force)
    return None if t is None else _stand(p, force, t)


def _stand(p: Parsed, force: Force | None, t: Trigger) -> Mention:
    s = hedging.standing(p, t.token)
    if t.deed == "withdraw" and s.has("requested"):
        t, s = _presupposed(force, t, s)
    return Mention(force, t, s, owners(p, force, t))


def _presupposed(force: Force | None, t: Trigger, s: Standing) -> tuple[Trigger, Standing]:
    """A demanded withdrawal says that the force is there (codebook 2.2.9); who demands is the speaker (ruling 10)."""
    real = replace(s, effects=[e for e in s.effects if e[0] == "report"], modal=None, hedge=None, conditional=False,
                   negated=False, unnamed_source=False)
    real.tense = "present"
    return Trigger(t.token, "withdraw", f"demanded:{t.rule}", t.force_is_subject), real


def _single(found: list[Mention]) -> list[Mention]:
    """A second mention of one deployment in a sentence gets no second row (ruling 19)."""
    kept: list[Mention] = []
    for m in found:
        twins = [k for k in kept if k.trigger.token.i == m.trigger.token.i]
        if twins and not (m.force and m.force.head.dep_ == "conj" and m.trigger.deed != "presence"):
            continue
        kept.append(m)
    return kept


def _rows(p: Parsed, m: Mention) -> list[Row]:
    named: list[Who | None] = list(m.owners) or [None]
    made = [_row(p, m, w) for w in named]
    if len(made) > 1:
        group = rows.digest(p.sentence.start, m.trigger.token.i, "owners")
        for row in made:
            row["group_id"] = group
    return made


def _row(p: Parsed, m: Mention, owner: Who | None) -> Row:
    demanded = m.trigger.rule.startswith("demanded")
    force, t, s = m.force, m.trigger, m.standing
    said = rows.speakers(p, s)
    trigger = p.span((force.noun if demanded and force else t.token).i, (force.noun if demanded and force else t.token).i)
    row = rows.common(p, TABLE, trigger, s, said)
    phase = "present" if demanded else phases.phase(t, s)
    old = times.is_old(times.find(p.text, p.on), p.on)
    speaks = bool(said.nearest and owner and said.nearest.country and said.nearest.country == owner.country)
    row |= {
        "phase": phase,
        "tense_class": "current" if demanded else phases.tense(t, s, phase, is_past_date=old),
        "status": "asserted" if demanded else hedging.status(s, owner_speaks=speaks, own_deed=speaks),
        "speaker_is_party": speaks if said.nearest and said.nearest.code and owner else None,
        "force_owner_text": owner.span.text if owner else None,
        "force_owner_code": owner.code if owner else None,
        "unresolved": None if owner else "owner: none is named in the sentence or the one before",
    }
    _about_force(p, row, m)
    row["places"] = _places(p, m, to_in=demanded)
    row["on_side_of_code"], row["against_code"] = side(p, force, t)
    row["activity"] = _activity(p, m, row)
    _command(p, row, m)
    row["rule"] = f"deployment/{t.rule}"
    row["confidence"] = CONFIDENCE.get(t.rule.split(":")[0], 0.7) - (0.0 if owner else 0.15)
    row |= codes.of_deployment(row, joint=len(m.owners) > 1)
    return row


def _about_force(p: Parsed, row: Row, m: Mention) -> None:
    force = m.force
    row["unit_type"] = force.unit_type if force else "unspecified"
    if force is None:
        return
    rows.span(row, "force", force.span)
    row["echelon"] = force.entry.get("echelon")
    row["unit_name"] = _unit_name(force)
    if force.count:
        counted(p, row, force.count, force.count_unit, _scope(p, row, force, force.count))


def counted(p: Parsed, row: Row, count: Count, unit: str | None, scope: str) -> None:
    rows.span(row, "count", Span(count.start, count.end, p.text[count.start : count.end]))
    row |= {"count_min": count.minimum, "count_max": count.maximum, "count_approx": count.approx}
    row |= {"count_scope": scope, "count_unit": unit}


def _unit_name(force: Force) -> str | None:
    """"the 82nd Airborne Division": a unit with a number of its own."""
    m = re.search(r"\b\d{1,3}(?:st|nd|rd|th)\b.*$", force.span.text)
    return m[0] if m else None


def _scope(p: Parsed, row: Row, force: Force, count: Count) -> str:
    words = p.text[max(0, count.start - 20) : force.noun.idx]
    for m in lexicon.pattern("numbers", "scopes").finditer(words):
        if "than" not in words[m.end() : m.end() + 5] and not re.search(r"\bno $", words[: m.start()]):
            return str(lexicon.by_term("numbers", "scopes")[m[0].lower()]["scope"])
    if row["phase"] in ("planned", "considered", "ordered"):
        return "planned_total"
    if row["phase"] == "present" or row["phase"].startswith("withdraw"):
        return "total_in_place"
    return "this_deployment"


def _places(p: Parsed, m: Mention, *, to_in: bool) -> list[regions.Place]:
    """The places of the trigger, of the force, and of what only frames them."""
    t = m.trigger
    anchors: list[Token] = [t.token]
    if m.force:
        anchors += [m.force.head, m.force.noun, *m.force.others]
    found = regions.of(p, anchors)
    for thing in children(t.token, "dobj"):
        if t.force_is_subject and t.token.pos_ == "VERB":
            role = {"enter": "to", "surround": "near", "withdraw": "from"}.get(t.deed, "in")
            found += regions.at(p, thing, role)
    if t.rule.startswith(("agent", "participle")) and t.deed in ("occupy", "surround", "enter"):
        found += _patient(p, t)
    if not found:
        found = _framed(p, t, m.force)
    found = [_role(place, t, to_in=to_in) for place in found]
    unique = {x["start"]: x for x in found}
    return [unique[k] for k in sorted(unique)]


def _patient(p: Parsed, t: Trigger) -> list[regions.Place]:
    """"the region occupied by Chinese troops": what the participle hangs on."""
    thing = t.token.head if t.token.dep_ in ("acl", "relcl") else next(iter(children(t.token, "nsubjpass")), None)
    if thing is None:
        return []
    return regions.at(p, thing, {"surround": "near", "enter": "to"}.get(t.deed, "in"))


def _framed(p: Parsed, t: Trigger, force: Force | None) -> list[regions.Place]:
    """Places one step up: "began withdrawing troops | in Mali", "where Putin deployed troops", "fight in Ukraine"."""
    anchors: list[Token] = []
    first = top(t.token)
    if first != t.token:
        anchors.append(first)
    if t.token.dep_ == "relcl" and any(c.lower_ == "where" for c in t.token.children):
        found = regions.at(p, t.token.head, "in")
        if found:
            return found
    for c in t.token.children:
        if c.dep_ in ("xcomp", "advcl", "dobj", "acl", "prep", "pcomp", "conj") and c.i > t.token.i:
            anchors.append(c)
            anchors += [k for k in c.children if k.dep_ in ("xcomp", "dobj", "pobj", "pcomp", "acl")]
    if force is not None:
        anchors += children(force.noun, "acl", "relcl", "conj")
    if t.token.dep_ in ("xcomp", "pcomp", "dobj", "acl", "conj") or t.token.pos_ == "NOUN":
        anchors.append(t.token.head)
        if t.token.head.dep_ in ("prep", "pobj", "dobj", "acl", "xcomp"):
            anchors.append(t.token.head.head)
    return regions.of(p, anchors)


def _role(place: regions.Place, t: Trigger, *, to_in: bool) -> regions.Place:
    role = place["role"]
    if to_in and role == "from" and not regions.BORDER.search(place["text"]):
        role = "in"
    elif to_in and role == "from":
        role = "near"
    elif t.deed == "withdraw" and role == "in":
        role = "from"
    elif t.deed in ("send", "order", "enter") and role == "in" and place["text"].lower() not in ("the region",) and t.deed == "enter":
        role = "to"
    return {**place, "role": role}


def _activity(p: Parsed, m: Mention, row: Row) -> str:
    """The purpose that the words of the event's own clause state."""
    if m.trigger.deed in ("occupy", "enter", "surround"):
        return "combat"
    if row["unit_type"] == "peacekeepers":
        return "peacekeeping"
    if row["unit_type"] == "advisers_trainers":
        return "training_advice"
    token = m.trigger.token
    first, last = subtree(token, skip=("parataxis", "relcl") if token.dep_ == "ROOT" else ("parataxis",))
    if m.force:
        first, last = min(first, m.force.noun.left_edge.i), max(last, m.force.noun.right_edge.i)
    words = OF_WHICH_TAIL.sub("", p.span(first, last).text)
    entry = first_match("activity", "purposes", words)
    if m.trigger.token.lemma_ == "guard":
        return "guard_base"
    return str(entry["activity"]) if entry else "posture"


def _command(p: Parsed, row: Row, m: Mention) -> None:
    """A mission or alliance that a named state's forces are under."""
    words = m.force.span.text if m.force else ""
    for a in p.actors:
        if a.code and a.code.startswith("IGO") and a.text in words and row["force_owner_code"] and not row["force_owner_code"].startswith("IGO"):
            row["command_code"] = a.code
    if row["unit_type"] == "peacekeepers" and forces.MISSIONS.search(words) and (row["force_owner_code"] or "")[:3] != "IGO":
        row["command_code"] = row["command_code"] or "IGOUNO"


OF_WHICH_TAIL = re.compile(r",?\s*\b(?:of which|of whom|of them)\b.*$", re.S)
OF_WHICH = re.compile(r"\b(?:of which|of whom|of them|among them|including)\s+(?:(?:about|some|around|up to|at least|nearly|roughly)\s+)?$", re.I)
TOTAL = re.compile(r"\b(?:bringing|brings|brought|raising|raises|taking|takes)\s+(?:the|their|its)\s+(?:total|number|strength)"
                   r"[\w\s]{0,40}?\bto\s+$", re.I)


def _subsets(p: Parsed, found: list[Mention], made: list[Row]) -> list[Row]:
    """"of which 8,000 are poised for ...", "bringing the total to 3,000": rows beside the one they are part of."""
    out: list[Row] = []
    for count in p.counts:
        before = p.text[: count.start] + " " if not p.text[: count.start].endswith(" ") else p.text[: count.start]
        base = [r for r in made if r["trigger_start"] < count.start and r["count_start"] not in (None, count.start)]
        if not base or any(r["count_start"] == count.start for r in made):
            continue
        if OF_WHICH.search(before):
            out.append(_subset(p, dict(base[-1]), count))
        elif TOTAL.search(before):
            out.append(_total(p, dict(base[-1]), count))
    return out


def _of_count(p: Parsed, row: Row, count: Count, scope: str, rule: str) -> Row:
    counted(p, row, count, row["count_unit"], scope)
    rows.span(row, "force", Span(count.start, count.end, p.text[count.start : count.end]))
    row["places"] = [dict(x) for x in row["places"]]
    row |= {"rule": f"deployment/{rule}", "confidence": CONFIDENCE[rule], "unit_name": None, "echelon": None}
    return row


def _total(p: Parsed, row: Row, count: Count) -> Row:
    row = _of_count(p, row, count, "total_in_place", "total")
    rows.span(row, "trigger", Span(count.start, count.end, p.text[count.start : count.end]))
    row |= {"phase": "present" if not row["phase"].startswith("withdraw") else row["phase"]}
    return row | codes.of_deployment(row, joint=False)


def _subset(p: Parsed, row: Row, count: Count) -> Row:
    """The part: its own verb says its phase and its place."""
    row = _of_count(p, row, count, "subset", "subset")
    number = next((t for t in p.doc if t.idx <= count.bare[0] < t.idx + len(t) + 1 and t.idx + len(t) >= count.bare[1] - 1), None)
    number = number or next((t for t in p.doc if t.idx >= count.bare[0]), None)
    verb = number.head if number is not None and number.head.pos_ in ("VERB", "AUX") else None
    trigger = p.span(verb.i, verb.i) if verb is not None else Span(count.start, count.end, p.text[count.start : count.end])
    rows.span(row, "trigger", trigger)
    if verb is not None:
        after = verb.i
        rest = p.span(after, subtree(verb, skip=("parataxis",))[1])
        places = regions.of(p, [verb, *(t for t in p.doc[after : subtree(verb)[1] + 1] if t.dep_ == "pobj")])
        entry = first_match("activity", "purposes", rest.text)
        poised = verb.lemma_ in ("poise", "prepare", "ready", "expect", "set") or verb.lemma_ == "be" and "ready" in rest.text
        if places:
            row["places"] = [{**x, "role": "to" if poised else x["role"]} for x in places]
        row["activity"] = str(entry["activity"]) if entry else row["activity"]
        if poised:
            row |= {"phase": "planned", "tense_class": "future"}
    return row | codes.of_deployment(row, joint=False)
