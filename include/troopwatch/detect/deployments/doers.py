"""Who does the deed: deploys, withdraws or decides, or is asked to."""

import re
from itertools import pairwise

from spacy.tokens import Token

from troopwatch.detect import granting, lexicon
from troopwatch.detect.deployments.forces import Force
from troopwatch.detect.deployments.noun_triggers import WEIGHING
from troopwatch.detect.deployments.triggers import Trigger
from troopwatch.detect.reading.parsed import Parsed, Span
from troopwatch.detect.reading.trees import SUBJECTS, child, children, phrase, pobj, preps, subject
from troopwatch.detect.reading.wordset import words
from troopwatch.detect.referents.groups import members
from troopwatch.detect.referents.naming import Who


def joined(p: Parsed, found: list[Who]) -> list[Who]:
    """All of a coordination, else the name next to the noun ("NATO's German troops")."""
    between = [p.text[a.span.end : b.span.start] for a, b in pairwise(found)]
    joined = all(re.fullmatch(r"\s*(?:,|and|&|or|, and|/|-)\s*", gap) for gap in between)
    if joined:
        return found
    national = [w for w in found if not (w.code or "").startswith("IGO")]
    return national[-1:] or found[-1:]


def by_deed(p: Parsed, force: Force | None, t: Trigger) -> list[Who]:
    """Who deploys, withdraws, decides: subject, agent or possessor of the trigger, then of what stands over it."""
    if t.rule.endswith(":host"):
        return []
    if t.rule.startswith("asked") and t.rule.split(":")[1] not in WEIGHING:
        return asked(p, t.token)
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


def asked(p: Parsed, noun: Token) -> list[Who]:
    """Of whom a force is asked: "asked NATO for troops", "request to Algiers for troops"."""
    verb = noun.head.head if noun.dep_ == "pobj" else noun.head
    if verb.lemma_ in ("dozen", "hundred", "thousand", "company", "number"):
        verb = verb.head.head
    things = [child(verb, "dobj", "dative"), *(pobj(c) for c in preps(verb, "on", "upon", "to", "from", "of", "with"))]
    grant = granting.granting(noun)
    things.append(subject(grant) if grant is not None else None)
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
        return joined(p, [Who(Span(m.start, m.end, m.text), m.code, m.form, m.text.lower()) for m in named])
    for prep in children(noun, "prep", "agent"):
        thing = pobj(prep) if prep.lower_ == "by" else None
        if thing is not None:
            return _actors(p, thing, mine)
    return []


def _actors(p: Parsed, thing: Token, mine: set[int]) -> list[Who]:
    if thing.i in mine or thing.pos_ == "VERB":
        return []
    return [w for w in members(p, thing) if w.code]
