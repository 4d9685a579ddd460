"""Which of a sentence's places belong to a deployment, and in which role."""

from spacy.tokens import Token

from troopwatch.detect.deployments.forces import Force
from troopwatch.detect.deployments.mention import Mention
from troopwatch.detect.deployments.triggers import Trigger
from troopwatch.detect.reading.parsed import Parsed
from troopwatch.detect.reading.trees import above, children, conjuncts, pobj, preps, subject, top
from troopwatch.detect.reading.wordset import words
from troopwatch.detect.referents import place_words, regions
from troopwatch.detect.referents.naming import Who


def where(p: Parsed, m: Mention, owner: Who | None, *, to_in: bool) -> list[regions.Place]:
    found = _places(p, m, to_in=to_in)
    country = owner.country if owner else None
    if m.trigger.deed in ("withdraw", "station", "stay", "send", "offer") and country:
        found = [regions.elsewhere(p, x, {w.country for w in m.owners}) for x in found]
    if m.trigger.deed == "withdraw" and country and not found and m.trigger.token.pos_ == "VERB":
        found = regions.named_before(p, m.trigger.token, {w.country for w in m.owners})
    return found


MEASURES = words("kilometre kilometer km mile metre meter")


def _places(p: Parsed, m: Mention, *, to_in: bool) -> list[regions.Place]:
    """The places of the trigger, of the force, and of what only frames them."""
    t = m.trigger
    anchors: list[Token] = [t.token]
    if m.force:
        anchors += [m.force.head, m.force.noun, *m.force.others]
    if t.rule.startswith("out"):
        anchors += [v for v in above(t.token, 3) if v.pos_ == "VERB"]
    anchors += [x for x in children(t.token, "dobj", "npadvmod") if x.lemma_ in MEASURES or t.force_is_subject]
    if t.deed == "presence" and m.force and any(c.dep_ == "expl" for c in top(m.force.head).head.head.children):
        anchors.append(top(m.force.head).head.head)
    anchors += [x for a in anchors[1:] for x in children(a, "appos") if x.lower_ in place_words.COMPASS]
    found = regions.of(p, anchors)
    for thing in children(t.token, "dobj"):
        if t.force_is_subject and t.token.pos_ == "VERB":
            role = {"enter": "to", "surround": "near", "withdraw": "from"}.get(t.deed, "in")
            found += regions.at(p, thing, role)
    if t.rule.startswith(("agent", "participle")) and t.deed in ("occupy", "surround", "enter"):
        found += _patient(p, t)
    found += _aims(p, t) + _hosted(p, t) + _held(p, t)
    found = [x for x in found if not (m.force and x["role"] == "from" and x["start"] < m.force.span.end > x["end"] - 1)]
    if not found:
        found = _framed(p, t, m.force)
    found = [_role(place, t, to_in=to_in) for place in found]
    unique = {x["start"]: x for x in found}
    return [unique[k] for k in sorted(unique)]


TAKING = words("retake take recapture capture seize secure occupy invade liberate defend storm enter control hold")


def _aims(p: Parsed, t: Trigger) -> list[regions.Place]:
    """As in "to retake the town": what the force is sent to take."""
    verbs = [c for c in t.token.children if c.dep_ in ("xcomp", "advcl") and c.lemma_ in TAKING and c.i > t.token.i]
    return [x for v in verbs for thing in children(v, "dobj") for x in regions.at(p, thing, "to")]


def _held(p: Parsed, t: Trigger) -> list[regions.Place]:
    """As in "the occupation of Estonia"; "poured across the border and seized Kuwait"."""
    if t.deed == "occupy" and t.token.pos_ == "NOUN":
        return [x for c in preps(t.token, "of") if (k := pobj(c)) for x in regions.at(p, k, "in")]
    if not t.force_is_subject or t.deed not in ("send", "enter"):
        return []
    verbs = [v for v in conjuncts(t.token)[1:] if v.lemma_ in TAKING and v.pos_ == "VERB"]
    return [x for v in verbs for thing in children(v, "dobj") for x in regions.at(p, thing, "to")]


HOSTING = words("host house accommodate receive shelter welcome accept")


def _hosted(p: Parsed, t: Trigger) -> list[regions.Place]:
    """As in "Estonia hosts a battle group": the host is the place."""
    thing = subject(t.token) if t.token.lemma_ in HOSTING and not t.force_is_subject else None
    return [x for x in regions.at(p, thing, "in") if x["country"]] if thing is not None else []


def _patient(p: Parsed, t: Trigger) -> list[regions.Place]:
    """As in "the region occupied by Chinese troops": what the participle hangs on."""
    thing = t.token.head if t.token.dep_ in ("acl", "relcl") else next(iter(children(t.token, "nsubjpass")), None)
    if thing is None:
        return []
    return regions.at(p, thing, {"surround": "near", "enter": "to"}.get(t.deed, "in"))


ASIDE = words("after before when while as because since although though until once if unless")
"""What leads to a clause that tells of another event."""


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
    if t.token.dep_ == "pobj" and t.token.head.lower_ == "with" and t.token.head.head.pos_ in ("NOUN", "PROPN"):
        return regions.at(p, t.token.head.head, "in")
    for c in t.token.children:
        if c.dep_ == "advcl" and any(k.lower_ in ASIDE for k in c.children):
            continue
        if c.dep_ in ("xcomp", "advcl", "dobj", "acl", "prep", "pcomp", "conj") and c.i > t.token.i:
            anchors.append(c)
            anchors += [k for k in c.children if k.dep_ in ("xcomp", "dobj", "pobj", "pcomp", "acl")]
    if force is not None:
        anchors += children(force.noun, "acl", "relcl", "conj")
        anchors += [v for k in children(t.token, "dobj") for v in children(k, "relcl", "acl")]
        over = [c for v in children(force.noun, "acl", "relcl") for c in v.subtree if c.pos_ == "VERB"]
        anchors += [c for c in over if c.dep_ in ("ccomp", "xcomp", "pcomp")]
        anchors += [
            v for c in t.token.children if c.dep_ == "prep" and (k := pobj(c)) for v in children(k, "relcl", "acl")
        ]
    if t.token.dep_ in ("xcomp", "pcomp", "dobj", "acl", "conj", "acomp", "advmod", "prt") or t.token.pos_ == "NOUN":
        anchors.append(t.token.head)
        if t.token.head.dep_ in ("prep", "pobj", "dobj", "acl", "xcomp"):
            anchors.append(t.token.head.head)
    return regions.of(p, anchors)


def _role(place: regions.Place, t: Trigger, *, to_in: bool) -> regions.Place:
    role = place["role"]
    if to_in and role == "from" and not place_words.BORDER.search(place["text"]):
        role = "in"
    elif to_in and role == "from":
        role = "near"
    elif t.deed == "withdraw" and role == "in":
        role = "from"
    elif (
        t.deed in ("send", "order", "enter")
        and role == "in"
        and place["text"].lower() not in ("the region",)
        and t.deed == "enter"
    ):
        role = "to"
    return {**place, "role": role}
