"""Whose forces: the nation in the force's own phrase, else who does the deed, else the nation named before."""

import re
from dataclasses import replace

from spacy.tokens import Token

from troopwatch.detect import lexicon
from troopwatch.detect.deployments import doers, kinds
from troopwatch.detect.deployments.forces import Force
from troopwatch.detect.deployments.triggers import Trigger
from troopwatch.detect.names.actors import ActorMatch
from troopwatch.detect.reading.parsed import Parsed, Span
from troopwatch.detect.reading.trees import child, children, phrase, pobj, top
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
    found = found or doers.by_deed(p, force, t)
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
    own = child(force.noun, "poss")
    if own is not None and own.pos_ == "PRON" and named and all(m.end >= force.noun.idx for m in named):
        named = []  # "its blue helmets": whose they are, not whom they serve
    if named:
        named = _listed(p, named)
        return doers.joined(p, [Who(Span(m.start, m.end, m.text), m.code, m.form, m.text.lower()) for m in named])
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


LED = words("lead command belong run operate staff man crew fly hire recruit employ pay send dispatch contract")
"""Of a force by a state or a company: it is its force."""


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
            if c.lemma_ in LED:
                agent = child(c, "agent", "prep")
                thing = pobj(agent) if agent is not None else None
                if thing is not None:
                    return [w for w in members(p, thing) if w.code]
    return []


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
