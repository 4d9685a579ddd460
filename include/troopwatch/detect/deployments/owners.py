"""Whose forces: the nation in the force's own phrase, else who does the deed, else the nation named before."""

import re
from dataclasses import replace
from itertools import pairwise

from spacy.tokens import Token

from troopwatch.detect import lexicon
from troopwatch.detect.deployments import kinds
from troopwatch.detect.deployments.forces import Force
from troopwatch.detect.deployments.noun_triggers import WEIGHING
from troopwatch.detect.deployments.triggers import Trigger
from troopwatch.detect.names.actors import ActorMatch
from troopwatch.detect.reading.parsed import Parsed, Span
from troopwatch.detect.reading.trees import SUBJECTS, child, children, phrase, pobj, preps, subject, top
from troopwatch.detect.reading.wordset import words
from troopwatch.detect.referents.groups import members
from troopwatch.detect.referents.naming import NATIONAL, Who

ARMED = {"militia_volunteers": "REB", "mercenaries": "UAF"}


def owners(p: Parsed, force: Force | None, t: Trigger) -> list[Who]:
    """Each named owner of the force, coded as a force's owner; empty where none is named."""
    found = _in_phrase(p, force) if force else []
    found = found or (_behind(p, force, t) if force else [])
    if not found and force and t.token.pos_ != "VERB" and any(c.lower_ == "foreign" for c in force.noun.children):
        return []
    if not found and force and top(force.noun) != force.noun:
        found = _in_span(p, top(force.noun))
    found = found or _by_deed(p, force, t)
    found = found or (_said_before(p, force) if force else [])
    unit = force.unit_type if force else "unspecified"
    return _distinct([_as_owner(w, unit) for w in found if w.code])


def _distinct(found: list[Who]) -> list[Who]:
    kept: dict[str, Who] = {}
    for w in found:
        kept.setdefault((w.code or "")[:9] if (w.code or "").startswith("IGO") else (w.code or "")[:3], w)
    return list(kept.values())


def _as_owner(w: Who, unit: str) -> Who:
    """A state's forces are its military; "Russia" alone stays RUS, an armed group stays what it is."""
    code = w.code or ""
    if code.startswith(("IGO", "---")) or any(code.endswith(s) for s in ("REB", "UAF", "SEP")):
        return w
    if unit in ARMED and w.form in ("demonym", "country"):
        return replace(w, code=code[:3] + ARMED[unit])
    if len(code) > 3 or w.form == "demonym":
        return replace(w, code=code[:3] + "MIL")
    return w


def _in_phrase(p: Parsed, force: Force) -> list[Who]:
    """Nations, groups and pronouns before the noun: "US and British troops", "its forces", "Hamas fighters"."""
    first = min(phrase(force.noun)[0], phrase(force.head)[0])
    last = max([force.noun.i, *(t.i for t in force.others)])
    span = p.span(first, last)
    named = [m for m in p.actors_in(span) if m.code and m.form != "modifier"]
    if named:
        named = _listed(p, named)
        return _joined(p, [Who(Span(m.start, m.end, m.text), m.code, m.form, m.text.lower()) for m in named])
    for noun in (force.noun, force.head, *force.others):
        letters = [c for c in noun.children if c.text in kinds.NAVIES]
        if letters:
            return [Who(p.span(c.i, c.i), kinds.NAVIES[c.text] + "MIL", "demonym", c.lower_) for c in letters]
        poss = child(noun, "poss")
        if poss is not None:
            return [w for w in members(p, poss) if w.code] or _of_the_country(p, poss)
    return []


def _of_the_country(p: Parsed, poss: Token) -> list[Who]:
    """As in "the country's soldiers": of the one state that the sentence, or the one before, names before it."""
    if poss.lemma_.lower() not in ("country", "nation", "republic", "kingdom", "state"):
        return []
    for actors in ([m for m in p.actors if m.end <= poss.idx], p.left_actors):
        states = {m.code[:3]: m for m in actors if m.code and m.code[:3] not in ("IGO", "---")}
        if len(states) == 1:
            return [Who(Span(m.start, m.end, m.text), code, "demonym", m.text.lower()) for code, m in states.items()]
    return []


def _in_span(p: Parsed, noun: Token) -> list[Who]:
    """The nation of the force that this one is coordinated with: "German sailors and a minehunter"."""
    named = [m for m in p.actors_in(p.span(*phrase(noun))) if m.code and m.form in NATIONAL]
    return [Who(Span(m.start, m.end, m.text), m.code, m.form, m.text.lower()) for m in named[-1:]]


def _listed(p: Parsed, named: list[ActorMatch]) -> list[ActorMatch]:
    """Nations listed with the first one, wherever the tree has put them: "US, British and Canadian"."""
    if "and" not in p.text[named[0].start - 5 : named[-1].end]:
        return named
    while True:
        first = named[0].start
        left = next(
            (
                m
                for m in p.actors
                if m.code and m.form in NATIONAL and p.text[m.end : first] in (", ", " and ", ", and ")
            ),
            None,
        )
        if left is None:
            return named
        named = [left, *named]


def _joined(p: Parsed, found: list[Who]) -> list[Who]:
    """All of a coordination, else the name next to the noun ("NATO's German troops")."""
    between = [p.text[a.span.end : b.span.start] for a, b in pairwise(found)]
    joined = all(re.fullmatch(r"\s*(?:,|and|&|or|, and|/|-)\s*", gap) for gap in between)
    if joined:
        return found
    national = [w for w in found if not (w.code or "").startswith("IGO")]
    return national[-1:] or found[-1:]


def _behind(p: Parsed, force: Force, t: Trigger) -> list[Who]:
    """As in "troops from Russia and Belarus", "soldiers of the French army"."""
    for noun in {force.noun.i: force.noun, force.head.i: force.head}.values():
        for prep in children(noun, "prep"):
            thing = pobj(prep)
            if thing is None or thing == force.noun or prep.lower_ not in ("of", "from", "by"):
                continue
            if prep.lower_ == "from" and t.deed == "withdraw":
                continue
            found = [
                w
                for w in members(p, thing)
                if w.code and w.form in NATIONAL | {"military", "group", "igo", "government"}
            ]
            if found:
                return found
        for c in children(noun, "acl"):
            if c.lemma_ in ("lead", "command", "belong", "run", "operate", "staff", "man", "crew", "fly"):
                agent = child(c, "agent", "prep")
                thing = pobj(agent) if agent is not None else None
                if thing is not None:
                    return [w for w in members(p, thing) if w.code]
    return []


def _by_deed(p: Parsed, force: Force | None, t: Trigger) -> list[Who]:
    """Who deploys, withdraws, decides: subject, agent or possessor of the trigger, then of what stands over it."""
    if t.rule.endswith(":host"):
        return []
    if t.rule.startswith("asked") and t.rule.split(":")[1] not in WEIGHING:
        return _asked(p, t.token)
    mine = {force.noun.i, force.head.i} if force else set()
    token = t.token
    if t.rule.startswith("asked"):
        token = token.head
    for _ in range(6):
        found = _doers(p, token, mine)
        if found:
            return found
        up = _upward(token)
        if up is None:
            return []
        token = up
    return []


def _asked(p: Parsed, noun: Token) -> list[Who]:
    """Of whom a force is asked: "asked NATO for troops", "request to Algiers for troops"."""
    verb = noun.head.head if noun.dep_ == "pobj" else noun.head
    if verb.lemma_ in ("dozen", "hundred", "thousand", "company", "number"):
        verb = verb.head.head
    things = [child(verb, "dobj", "dative"), *(pobj(c) for c in preps(verb, "on", "upon", "to", "from", "of", "with"))]
    for thing in things:
        found = [w for w in members(p, thing) if w.code] if thing is not None and thing != noun else []
        if found:
            return found
    return []


HANDLING = words(
    "complete finish conclude end launch conduct carry speed delay halt stop suspend resume make increase "
    "have accelerate postpone maintain do prepare cancel keep see use step ramp lead justify defend confirm announce"
)
"""Verbs whose subject is also who does the deed that is their object."""


TALKING = words("speak talk hear learn know tell warn inform read write")
"""Verbs whose subject only talks of the deed that follows "of" or "on"."""


def _upward(token: Token) -> Token | None:
    """The word over a deed whose subject may be its doer: a decision, a plan, an order, an aspect."""
    head = token.head
    if head == token or (
        token.dep_ in ("relcl", "advcl", "ccomp", "nsubj", "nsubjpass", "parataxis") and token.pos_ == "VERB"
    ):
        return head if token.dep_ in ("ccomp", "advcl") and not children(token, *SUBJECTS) else None
    if head.pos_ == "ADP":
        leads_up = head.lower_ in ("of", "for", "on", "to", "with", "by") and head.head != head
        return head.head if leads_up and head.head.lemma_ not in TALKING else None
    over = lexicon.by_term("status", "over").get(head.lemma_.lower())
    known = (over is not None and over["effect"] != "report") or head.lemma_ in HANDLING
    if token.pos_ in ("VERB", "AUX") or known or token.dep_ == "conj":
        return head
    return None


def _doers(p: Parsed, token: Token, mine: set[int]) -> list[Who]:
    if token.pos_ in ("VERB", "AUX"):
        if token.dep_ in ("pcomp",) and token.head.lower_ in ("about", "after", "before"):
            return []
        agent = child(token, "agent")
        thing = pobj(agent) if agent is not None else None
        if thing is None:
            thing = subject(token)
            passive = thing is not None and thing.dep_ == "nsubjpass" and thing.head == token
            if passive and thing is not None and not _is_told(token):
                return []
        if (
            token.lemma_ in ("order", "ask", "urge", "force", "authorise", "authorize")
            and child(token, "dobj") is not None
        ):
            first = child(token, "dobj")
            found = _actors(p, first, mine) if first is not None else []
            if found:
                return found
        return _actors(p, thing, mine) if thing is not None else []
    if token.pos_ in ("NOUN", "PROPN"):
        return _of_noun(p, token, mine)
    return []


def _is_told(verb: Token) -> bool:
    """As in "Israel is expected to send": the passive subject does the deed below."""
    return bool(children(verb, "xcomp"))


def _of_noun(p: Parsed, noun: Token, mine: set[int]) -> list[Who]:
    poss = child(noun, "poss")
    if poss is not None and poss.i not in mine:
        found = _actors(p, poss, mine)
        if found:
            return found
    span = p.span(*phrase(noun))
    named = [m for m in p.actors_in(span) if m.code and m.form != "modifier" and m.start < noun.idx]
    if named:
        return _joined(p, [Who(Span(m.start, m.end, m.text), m.code, m.form, m.text.lower()) for m in named])
    for prep in children(noun, "prep", "agent"):
        thing = pobj(prep) if prep.lower_ == "by" else None
        if thing is not None:
            return _actors(p, thing, mine)
    return []


def _actors(p: Parsed, thing: Token, mine: set[int]) -> list[Who]:
    if thing.i in mine or thing.pos_ == "VERB":
        return []
    return [w for w in members(p, thing) if w.code]


def _said_before(p: Parsed, force: Force) -> list[Who]:
    """As in "the troops": those whose nation is named before, in the sentence or in the one before."""
    definite = any(c.lower_ in ("the", "these", "those", "fellow") for c in force.noun.children)
    if not definite:
        return []
    nouns = lexicon.terms("forces", "nouns")
    for text, actors in ((p.text[: force.span.start], p.actors), (p.sentence.left, p.left_actors)):
        codes: dict[str, Who] = {}
        for m in actors:
            if m.end > len(text) or not m.code:
                continue
            after = re.match(r"(?:'s|\u2019s)?\s+(?:\w+\s+){0,2}?(\w+?)s?\b", text[m.end : m.end + 40])
            if (after and after[1].lower() in nouns) or m.code.endswith("MIL"):
                codes[m.code[:3]] = Who(force.span, m.code, "demonym", m.text.lower())
        if len(codes) == 1:
            return list(codes.values())
    return []
