"""Which word says what happens to a force: a verb, a noun, or the force's own noun where it is merely there."""

from spacy.tokens import Token

from troopwatch.detect.deployments import doings, noun_triggers, presence, states
from troopwatch.detect.deployments.forces import Force
from troopwatch.detect.deployments.matching import Trigger, entries, match, particle, places
from troopwatch.detect.reading.parsed import Parsed
from troopwatch.detect.reading.trees import children, conjuncts, top

__all__ = ["Trigger", "of_force"]


def of_force(p: Parsed, force: Force) -> Trigger | None:
    """What the sentence says of a force: the nearest word that says it, else its bare presence at a place."""
    found = _any(p, force, _head(force))
    if found is None:
        p.drop(force.noun, "triggers: no verb or noun of the lexicon that fits, and no bare presence at a place")
    return found


def _head(force: Force) -> Token:
    """The word of the force's phrase that the verb governs; "between 2,000 and 2,500 soldiers" hangs on its number."""
    head = top(force.head)
    while head.like_num and head.dep_ == "pobj" and head.head.lower_ in ("between", "from", "than", "to"):
        head = head.head
    return _past_a_place(head)


def _past_a_place(head: Token) -> Token:
    """In "sent planes from Dakar and 550 troops to Mali" the tree may list the troops with Dakar: they are sent too."""
    prep = head.head
    if head.dep_ != "pobj" or head.pos_ != "PROPN" or prep.lower_ not in ("from", "at", "in", "to", "of"):
        return head
    return next(iter(children(prep.head, "dobj")), head) if prep.head.pos_ == "VERB" else head


def _any(p: Parsed, force: Force, head: Token) -> Trigger | None:
    return (
        noun_triggers.by_out(force)
        or _asked_to_do(p, force, head)
        or _by_main(p, force, head)
        or noun_triggers.by_request(p, force, head)
        or noun_triggers.by_noun(p, force, head)
        or noun_triggers.by_chain(p, head)
        or _by_any_verb(p, force, head)
        or (Trigger(force.noun, "presence", "presence") if presence.is_there(p, force, head) else None)
    )


def _asked_to_do(p: Parsed, force: Force, head: Token) -> Trigger | None:
    """What a force is asked for it does not do yet: "asked NATO for soldiers to guard the port"."""
    return noun_triggers.by_request(p, force, head) if head.dep_ == "nsubj" else None


def _by_main(p: Parsed, force: Force, head: Token) -> Trigger | None:
    """A participle says most of where a force is, but a withdrawal that the main verb tells comes after it."""
    said, done = _by_participle(p, force), _by_verb(p, force, head)
    if said is None or (done is not None and done.deed == "withdraw" and said.deed in ("send", "station", "stay")):
        return done
    return said


def _by_any_verb(p: Parsed, force: Force, head: Token) -> Trigger | None:
    found = doings.of_force(p, force, head)
    return None if found is None else Trigger(found[0], found[1], f"any:{found[0].lemma_}", found[2])


def _by_participle(p: Parsed, force: Force) -> Trigger | None:
    """As in "troops deployed in", "soldiers guarding", "forces that were sent to"."""
    of = [k for c in children(force.noun, "prep") if c.lower_ == "of" for k in children(c, "pobj")]
    stuff = [t for t in of if p.span(t.i, t.i).end <= force.span.end]
    for anchor in {t.i: t for t in (force.noun, force.head, *force.others, *stuff)}.values():
        for c in children(anchor, "acl", "relcl"):
            if _is_of_a_part(c):
                continue
            for verb in conjuncts(c):
                active = verb.tag_ != "VBN" or any(k.lemma_ == "have" for k in children(verb, "aux"))
                is_subject = active and not _relative_object(verb)
                passive = any(k.dep_ in ("nsubjpass", "auxpass") for k in verb.children)
                found = match(p, verb, force, is_subject=is_subject and not passive, rule="participle")
                if found and verb.tag_ != "VB":
                    return found
    return None


def _is_of_a_part(verb: Token) -> bool:
    """As in "of which 8,000 are poised": said of a part of the force only."""
    own = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    return own is not None and own.like_num


def _relative_object(verb: Token) -> bool:
    """As in "troops that Russia sent": the relative clause has a subject of its own."""
    own = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    return verb.dep_ == "relcl" and own is not None and own.lower_ not in ("that", "which", "who")


CARRYING = ("carry", "transport", "ferry", "bear")
"""What a plane does with soldiers: where it goes they go."""


def _by_verb(p: Parsed, force: Force, head: Token) -> Trigger | None:
    verb = head.head
    if head.dep_ == "dobj" and verb.dep_ == "acl" and verb.lemma_ in CARRYING and verb.head.dep_ == "nsubj":
        return match(p, verb.head.head, force, is_subject=True, rule="subject")
    if head.dep_ in ("dobj", "nsubjpass", "oprd", "dative") and verb.pos_ in ("VERB", "AUX"):
        own = match(p, verb, force, is_subject=False, rule="object")
        return own or _by_state(p, verb, force) or _through(p, verb, force)
    if head.dep_ == "nsubj" and verb.pos_ in ("VERB", "AUX"):
        own = _by_state(p, verb, force) or match(p, verb, force, is_subject=True, rule="subject")
        for other in conjuncts(verb)[1:]:
            own = own or _by_state(p, other, force)
            own = own or match(p, other, force, is_subject=not _is_passive(other), rule="subject")
        return own or _through(p, verb, force)
    if head.dep_ == "pobj" and head.head.dep_ == "agent":
        return _by_agent(p, force, head.head.head)
    return _by_infinitive(p, force, head) if head.dep_ in ("pobj", "nsubj") else None


def _by_infinitive(p: Parsed, force: Force, head: Token) -> Trigger | None:
    """As in "calls for its soldiers to leave": the infinitive stands beside the force that it is said of."""
    if head.head.lower_ != "for":
        return None
    near = (head.head.head, *head.children, *head.head.children, *head.head.head.children)
    beside = [c for c in near if c.i > head.i]
    for verb in beside:
        if verb.tag_ == "VB" and children(verb, "aux"):
            found = match(p, verb, force, is_subject=not children(verb, "auxpass"), rule="complement")
            return None if found is not None and found.deed in ("stay", "occupy", "surround") else found
    return None


def _by_state(p: Parsed, verb: Token, force: Force) -> Trigger | None:
    found = states.of(p, verb, force)
    return None if found is None else Trigger(found[0], found[1], f"being:{found[0].lower_}", force_is_subject=True)


def _by_agent(p: Parsed, force: Force, verb: Token) -> Trigger | None:
    """As in "the town is surrounded by soldiers": the place is what the verb is said of."""
    for entry in entries(verb):
        encloses = entry.get("place") == "own" and entry["class"] != "stay"
        if entry.get("object") or not particle(verb, entry):
            continue
        if entry["force"] == "subject" and (encloses or places(p, verb, force)):
            return Trigger(verb, entry["class"], f"agent:{entry['term']}", force_is_subject=True)
    return None


def _is_passive(verb: Token) -> bool:
    return any(c.dep_ == "auxpass" for c in verb.children) or (verb.tag_ == "VBN" and not children(verb, "aux"))


def _through(p: Parsed, verb: Token, force: Force) -> Trigger | None:
    """As in "troops began withdrawing", "ordered the troops to leave", "troops are expected to be sent"."""
    for c in children(verb, "xcomp", "ccomp", "oprd", "advcl"):
        if (c.dep_ == "advcl" and c.tag_ != "VB") or c.i < verb.i:
            continue
        if any(k.dep_ == "nsubj" and k.i != force.head.i for k in c.children):
            continue
        for inner in conjuncts(c):
            passive = any(k.dep_ == "auxpass" for k in inner.children)
            found = match(p, inner, force, is_subject=not passive, rule="complement")
            if found:
                return found
    return None
