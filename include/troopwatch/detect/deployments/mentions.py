"""Rows of the table `deployments`: one for each force, trigger and owner of a sentence (codebook 1.3, 2.1)."""

from dataclasses import replace
from typing import Any

from spacy.tokens import Token

from troopwatch.detect import codes, hedging, rows, status
from troopwatch.detect.deployments import (
    aid,
    denials,
    features,
    forces,
    parts,
    phases,
    sites,
    state_moves,
    told,
    triggers,
)
from troopwatch.detect.deployments.forces import Force
from troopwatch.detect.deployments.mention import Mention
from troopwatch.detect.deployments.owners import owners
from troopwatch.detect.deployments.sides import side
from troopwatch.detect.deployments.triggers import Trigger
from troopwatch.detect.reading import times
from troopwatch.detect.reading.parsed import Parsed
from troopwatch.detect.reading.trees import children, in_quotes, subject
from troopwatch.detect.reading.wordset import words
from troopwatch.detect.referents import regions
from troopwatch.detect.referents.naming import Who
from troopwatch.detect.standing import Standing
from troopwatch.tables import detect as tables

Row = dict[str, Any]


CONFIDENCE = {
    "object": 0.9,
    "subject": 0.85,
    "participle": 0.9,
    "noun": 0.85,
    "agent": 0.85,
    "complement": 0.8,
    "presence": 0.7,
    "state": 0.7,
    "shared": 0.7,
    "subset": 0.8,
    "total": 0.8,
    "demanded": 0.85,
}


def find(p: Parsed) -> list[Row]:
    """The deployments of a sentence; offsets are into the sentence."""
    found = [m for f in forces.find(p) if (m := _mention(p, f))]
    used = {m.trigger.token.i for m in found} | {f.noun.i for m in found if (f := m.force)}
    for t in state_moves.find(p, used):
        found.append(_stand(p, None, t))
    out: list[Row] = []
    for m in _single(p, found):
        out += _rows(p, m)
    out += parts.of(p, out)
    _share_places(out)
    for row in list(out):
        out += denials.of(p, row)
    return out


def _share_places(out: list[Row]) -> None:
    """A second withdrawal of the same forces without a place is from where the first is from."""
    for row in out:
        twin = next(
            (
                r
                for r in out
                if r is not row
                and r["places"]
                and r["force_owner_code"]
                and row["force_owner_code"]
                and r["force_owner_code"][:3] == row["force_owner_code"][:3]
            ),
            None,
        )
        if row["_deed"] == "withdraw" and not row["places"] and twin is not None:
            row["places"] = [{**x, "role": "from"} for x in twin["places"]]


def _mention(p: Parsed, force: Force) -> Mention | None:
    t = triggers.of_force(p, force)
    if t is None:
        return None
    if aid.is_aid(p, force, t) or _is_fought(force, t):
        p.drop(t.token, f"aid: {t.rule}: weapons given to another state (codebook 2.1.7), or militants driven out")
        return None
    made = _stand(p, force, t)
    if force.entry["counts"] != "persons" and not made.owners and not sites.where(p, made, None, to_in=False):
        p.drop(t.token, f"mentions: {t.rule}: weapons or ships of nobody at no place")
        return None
    if _is_at_home(p, made, force):
        p.drop(t.token, f"mentions: {t.rule}: militias that are merely there are at home")
        return None
    return made


DRIVEN = words("clear oust expel drive force chase throw push eject evict remove flush root")


def _is_fought(force: Force, t: Trigger) -> bool:
    """Militants that others drive out are fought, not withdrawn."""
    theirs = any(c.dep_ == "poss" for c in force.noun.children)
    driven = t.deed == "withdraw" and not t.force_is_subject and t.token.lemma_.lower() in DRIVEN
    return force.unit_type == "militia_volunteers" and driven and not theirs


def _is_at_home(p: Parsed, m: Mention, force: Force) -> bool:
    """An armed group that stays where it is at home is no deployment (codebook 2.1.8)."""
    still = m.trigger.deed in ("stay", "presence") or m.trigger.token.lemma_ in ("return", "leave")
    if force.unit_type != "militia_volunteers" or not still:
        return False
    named = any(force.span.start <= w.span.start < force.span.end for w in m.owners)
    if not named:
        return True
    where = {x["country"] for x in regions.of(p, [m.trigger.token, force.noun, force.head])} - {None}
    return not m.owners or not where or bool(where & {w.country for w in m.owners})


def _stand(p: Parsed, force: Force | None, t: Trigger) -> Mention:
    s = hedging.standing(p, t.token, bare=t.deed == "presence")
    whose = owners(p, force, t)
    if (t.rule.startswith("asked") and not s.has("refused", "denied", "planned")) or told.is_only_talked_of(t):
        s = replace(s, effects=[*s.effects, ("requested", t.token)])
    if t.deed == "withdraw" and (
        told.is_demanded(s) or told.is_wanted_out(force, t) or told.is_ordered_by_other(p, s, whose)
    ):
        t, s = _presupposed(force, t, s)
    elif t.deed == "withdraw" and _is_outward(p, t, whose):
        t = replace(t, deed="send")
    return Mention(force, t, s, whose)


def _is_outward(p: Parsed, t: Trigger, whose: list[Who]) -> bool:
    """As in "has left Toulon for the Gulf": who leaves home for abroad is sent."""
    if t.token.lemma_ not in ("leave", "depart", "sail", "set", "take") or t.token.pos_ != "VERB":
        return False
    found = regions.of(p, [t.token]) + [x for c in children(t.token, "dobj") for x in regions.at(p, c, "from")]
    from_home = any(x["role"] == "from" and x["country"] in {w.country for w in whose} for x in found if x["country"])
    return from_home and any(x["role"] == "to" for x in found)


def _presupposed(force: Force | None, t: Trigger, s: Standing) -> tuple[Trigger, Standing]:
    """A demanded withdrawal says that the force is there (codebook 2.2.9); who demands is the speaker (ruling 10)."""
    real = replace(
        s,
        effects=[e for e in s.effects if e[0] == "report"],
        modal=None,
        hedge=None,
        conditional=False,
        negated=False,
        unnamed_source=False,
    )
    real.tense = "present"
    return Trigger(t.token, "withdraw", f"demanded:{t.rule}", t.force_is_subject), real


def _single(p: Parsed, found: list[Mention]) -> list[Mention]:
    """A second mention of one deployment in a sentence gets no second row (ruling 19)."""
    kept: list[Mention] = []
    for m in found:
        twins = [k for k in kept if k.trigger.token.i == m.trigger.token.i]
        other = any(k.force and m.force and k.force.unit_type != m.force.unit_type for k in twins)
        conj = m.force is not None and "conj" in (m.force.head.dep_, m.force.noun.dep_) and m.trigger.deed != "presence"
        if twins and not (conj and (other or any(k.force and k.force.span != m.force.span for k in twins if m.force))):
            p.drop(m.force.noun if m.force else m.trigger.token, "single: a second mention of it (ruling 19)")
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
    trigger = p.span(
        (force.noun if demanded and force else t.token).i, (force.noun if demanded and force else t.token).i
    )
    row = rows.common(p, tables.deployments, trigger, s, said)
    phase = "present" if demanded else phases.phase(t, s)
    old = times.is_old(p.times, p.on) or phases.is_of_the_past(owner, p.on)
    speaks = bool(said.nearest and owner and said.nearest.country and said.nearest.country == owner.country)
    speaks = speaks or _speaks_for_itself(p, m)
    row |= {
        "phase": phase,
        "tense_class": "current" if demanded else phases.tense(t, s, phase, is_past_date=old),
        "status": "asserted"
        if demanded
        else status.of_deployment(s, owner_speaks=speaks, is_there=phase == "present" and t.token.pos_ == "NOUN"),
        "speaker_is_party": speaks if said.nearest and said.nearest.code and owner else None,
        "force_owner_text": owner.span.text if owner else None,
        "force_owner_code": owner.code if owner else None,
        "unresolved": None if owner else "owner: none is named in the sentence or the one before",
    }
    features.about_force(p, row, m)
    row["places"] = sites.where(p, m, owner, to_in=demanded)
    row["on_side_of_code"], row["against_code"] = side(p, force, t)
    row["activity"] = features.activity(p, m, row)
    features.command(p, row, m)
    row["rule"] = f"deployment/{t.rule}"
    row["confidence"] = CONFIDENCE.get(t.rule.split(":")[0], 0.7) - (0.0 if owner else 0.15)
    row |= codes.of_deployment(row, joint=len(m.owners) > 1)
    noun = p.span(force.noun.i, force.noun.i) if force else None
    row["_pronoun"] = force is not None and any(c.lower_ in ("its", "their", "his") for c in force.noun.children)
    row |= {"_deed": t.deed, "_noun": (noun.text, noun.start, noun.end) if noun else None}
    return row


def _speaks_for_itself(p: Parsed, m: Mention) -> bool:
    """As in "We are not sending our tanks": in a quotation the first person is the speaker."""
    thing = subject(m.trigger.token) if m.trigger.token.pos_ == "VERB" else None
    return thing is not None and thing.lower_ in ("we", "i") and in_quotes(p.text, thing.idx)


def stood(p: Parsed, m: Mention) -> Row:
    """The row of a mention whose owner is known from the sentence before."""
    if m.trigger.deed == "withdraw" and told.is_demanded(m.standing):
        trigger, standing = _presupposed(None, m.trigger, m.standing)
        m = replace(m, trigger=trigger, standing=standing)
    return _row(p, m, m.owners[0])


def demanded(p: Parsed, force: Force, going: Token, *, is_subject: bool) -> list[Row]:
    """The rows of a force that is told to go by the word `going`, where no rule has found them."""
    t = Trigger(going, "withdraw", f"asked:{going.lemma_.lower()}", is_subject)
    t, s = _presupposed(force, t, hedging.standing(p, going))
    return _rows(p, Mention(force, t, s, owners(p, force, t)))
