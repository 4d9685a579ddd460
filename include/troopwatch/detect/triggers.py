"""Which word says what happens to a force: a verb, a noun, or the force's own noun where it is merely there."""

from dataclasses import dataclass

from spacy.tokens import Token

from troopwatch.detect import lexicon, regions
from troopwatch.detect.forces import Force
from troopwatch.detect.lexicon import Entry
from troopwatch.detect.parsed import Parsed
from troopwatch.detect.trees import children, conjuncts, pobj, preps, top

LOCATIVE = ("in", "inside", "within", "near", "on", "at", "along", "around", "outside", "across", "throughout")
MILITARY_ADJECTIVES = frozenset({"military", "troop", "force", "army", "naval"})


@dataclass(frozen=True)
class Trigger:
    """The word that evokes the event, what it does (`deed`: class of the lexicon) and by which rule it was found."""

    token: Token
    deed: str
    rule: str
    force_is_subject: bool = False


def of_force(p: Parsed, force: Force) -> Trigger | None:
    """What the sentence says of a force: the nearest word that says it, else its bare presence at a place."""
    head = top(force.head)
    return (
        _by_out(force)
        or _by_participle(p, force)
        or _by_verb(p, force, head)
        or _by_noun(p, force, head)
        or _by_chain(p, head)
        or _bare(p, force, head)
    )


def _by_out(force: Force) -> Trigger | None:
    """"want their troops out", "bring our soldiers home": the noun itself, with the word behind it."""
    after = force.noun.i + 1
    verb = top(force.head).head
    if after < len(force.noun.doc) and force.noun.doc[after].lower_ in ("out", "home") and verb.lemma_ in ("want", "get", "see", "like"):
        return Trigger(force.noun, "withdraw", f"out:{verb.lemma_}")
    return None


def _entries(verb: Token) -> list[Entry]:
    found = [e for e in lexicon.entries("deployment", "verbs") if e["term"] == verb.lemma_.lower()]
    return sorted(found, key=lambda e: "particle" not in e)


def _particle(verb: Token, entry: Entry) -> bool:
    wanted = entry.get("particle")
    return not wanted or any(c.lower_ in wanted for c in verb.children if c.i > verb.i) or any(
        n.lower_ in wanted for c in verb.children for n in c.children if c.dep_ in ("advmod", "prep", "prt")
    )


def _fits(p: Parsed, verb: Token, entry: Entry, force: Force | None, *, is_subject: bool) -> bool:
    side = entry["force"]
    if side != "either" and (side == "subject") != is_subject:
        return False
    if not _particle(verb, entry):
        return False
    if entry.get("mandate") and (force is None or force.head.lemma_ not in ("mandate", "mission", "deployment", "presence")):
        return False
    if entry.get("presence") and force is not None and not _is_presence(force, verb):
        return False
    place = entry.get("place")
    if place == "needed":
        return bool(_places(p, verb, force)) or _is_home(verb)
    if place == "own" and is_subject:
        thing = next(iter(children(verb, "dobj")), None)
        return (thing is not None and bool(regions.at(p, thing, "in"))) or bool(_places(p, verb, force))
    return True


def _is_presence(force: Force, verb: Token) -> bool:
    """"increased its troop presence", "cut its troops": of the size of a force at a place or of a nation."""
    return force.entry["counts"] == "persons" or force.entry["term"] in ("presence", "contingent")


def _is_home(verb: Token) -> bool:
    return any(c.lower_ in ("home", "out", "there", "overseas", "abroad") for c in verb.children if c.i > verb.i)


def _places(p: Parsed, verb: Token, force: Force | None) -> list[regions.Place]:
    anchors = [verb]
    if force is not None:
        anchors += [force.head, force.noun, *force.others]
    return regions.of(p, anchors)


def _match(p: Parsed, verb: Token, force: Force | None, *, is_subject: bool, rule: str) -> Trigger | None:
    for entry in _entries(verb):
        if _fits(p, verb, entry, force, is_subject=is_subject):
            return Trigger(verb, entry["class"], f"{rule}:{entry['term']}", is_subject)
    return None


def _by_participle(p: Parsed, force: Force) -> Trigger | None:
    """"troops deployed in", "soldiers guarding", "forces that were sent to"."""
    for anchor in {t.i: t for t in (force.noun, force.head, *force.others)}.values():
        for c in children(anchor, "acl", "relcl"):
            if _is_of_a_part(c):
                continue
            for verb in conjuncts(c):
                is_subject = verb.tag_ != "VBN" and not _relative_object(verb)
                passive = any(k.dep_ in ("nsubjpass", "auxpass") for k in verb.children)
                found = _match(p, verb, force, is_subject=is_subject and not passive, rule="participle")
                if found and verb.tag_ != "VB":
                    return found
    return None


def _is_of_a_part(verb: Token) -> bool:
    """"of which 8,000 are poised": said of a part of the force only."""
    own = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    return own is not None and own.like_num


def _relative_object(verb: Token) -> bool:
    """"troops that Russia sent": the relative clause has a subject of its own."""
    own = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    return verb.dep_ == "relcl" and own is not None and own.lower_ not in ("that", "which", "who")


def _by_verb(p: Parsed, force: Force, head: Token) -> Trigger | None:
    verb = head.head
    if head.dep_ in ("dobj", "nsubjpass", "oprd", "dative") and verb.pos_ in ("VERB", "AUX"):
        own = _match(p, verb, force, is_subject=False, rule="object")
        return own or _through(p, verb, force)
    if head.dep_ == "nsubj" and verb.pos_ in ("VERB", "AUX"):
        own = None
        if verb.dep_ in ("ccomp", "xcomp") and verb.head.lemma_ == "have":
            own = None
        own = own or _match(p, verb, force, is_subject=True, rule="subject")
        for other in conjuncts(verb)[1:]:
            own = own or _match(p, other, force, is_subject=not _is_passive(other), rule="subject")
        return own or _through(p, verb, force)
    if head.dep_ == "pobj" and head.head.dep_ == "agent":
        return _by_agent(p, force, head.head.head)
    return None


def _by_agent(p: Parsed, force: Force, verb: Token) -> Trigger | None:
    """"the town is surrounded by soldiers": the place is what the verb is said of."""
    for entry in _entries(verb):
        if entry["force"] == "subject" and (entry.get("place") == "own" or _places(p, verb, force)):
            return Trigger(verb, entry["class"], f"agent:{entry['term']}", force_is_subject=True)
    return None


def _is_passive(verb: Token) -> bool:
    return any(c.dep_ == "auxpass" for c in verb.children) or verb.tag_ == "VBN" and not children(verb, "aux")


def _through(p: Parsed, verb: Token, force: Force) -> Trigger | None:
    """"troops began withdrawing", "ordered the troops to leave", "troops are expected to be sent"."""
    for c in children(verb, "xcomp", "ccomp", "oprd", "advcl"):
        if c.dep_ == "advcl" and c.tag_ != "VB" or c.i < verb.i:
            continue
        if any(k.dep_ == "nsubj" and k.i != force.head.i for k in c.children):
            continue
        for inner in conjuncts(c):
            passive = any(k.dep_ == "auxpass" for k in inner.children)
            found = _match(p, inner, force, is_subject=not passive, rule="complement")
            if found:
                return found
    return None


def _by_noun(p: Parsed, force: Force, head: Token) -> Trigger | None:
    """"deployment of troops", "troop withdrawal"."""
    nouns = lexicon.by_term("deployment", "nouns")
    if head.dep_ == "pobj" and head.head.lower_ in ("of", "by", "for", "in") and head.head.dep_ in ("prep", "agent"):
        noun = head.head.head
        before = [t for t in head.doc[max(0, head.head.i - 2) : head.head.i] if t.is_alpha]
        if before and noun != before[-1] and before[-1].lemma_.lower() in nouns and head.head.lower_ == "of":
            noun = before[-1]
        entry = nouns.get(noun.lemma_.lower()) or nouns.get(noun.lower_)
        if entry and noun.pos_ in ("NOUN", "VERB", "PROPN"):
            allowed = ("of", "by") if entry["class"] != "mass" else ("of", "by", "in")
            return Trigger(noun, entry["class"], f"noun:{entry['term']}") if head.head.lower_ in allowed else None
        if head.head.lower_ == "of" and noun.pos_ == "VERB":
            return _match(p, noun, force, is_subject=False, rule="object")
    if head.dep_ in ("compound", "poss", "nmod", "amod"):
        entry = nouns.get(head.head.lemma_.lower())
        if entry:
            return Trigger(head.head, entry["class"], f"noun:{entry['term']}")
    return None


def _by_chain(p: Parsed, head: Token) -> Trigger | None:
    """A coordinated verb shares the object: "trained and deployed troops"."""
    verb = head.head
    if head.dep_ == "dobj":
        for other in [*conjuncts(verb)[1:], top(verb)]:
            for entry in _entries(other):
                if entry["force"] in ("object", "either") and not entry.get("place") and not entry.get("presence"):
                    if _particle(other, entry) and not children(other, "dobj"):
                        return Trigger(other, entry["class"], f"shared:{entry['term']}")
    return None


def _bare(p: Parsed, force: Force, head: Token) -> Trigger | None:
    """"10,000 North Korean troops in Russia": the force is said to be at a place, and not in a report of fighting."""
    verb = head.head
    is_there = head.dep_ in ("attr", "nsubj") and verb.lemma_ == "be" and any(c.dep_ == "expl" for c in verb.children)
    anchors = [force.noun, force.head, *force.others] + ([verb] if is_there else [])
    if force.entry["type"] == "equipment_only" and not is_there:
        return None
    found = [x for x in regions.of(p, anchors) if x["role"] in ("in", "near", "along") and _is_place(p, x)]
    if not found or force.unit_type == "militia_volunteers" and not is_there:
        return None
    if not is_there and _in_fighting(head):
        return None
    return Trigger(force.noun, "presence", "presence")


def _is_place(p: Parsed, place: regions.Place) -> bool:
    """A place of which more is known than a capital letter."""
    known = place["country"] or place["geonameid"] or regions.BORDER.search(place["text"])
    return bool(known) or any(m.start < place["end"] and m.end > place["start"] for m in p.places) or place["text"].islower()


def _in_fighting(head: Token) -> bool:
    fighting = lexicon.terms("deployment", "fighting")
    token = head
    for _ in range(4):
        if token.head == token:
            break
        token = token.head
        if token.pos_ in ("VERB", "NOUN") and token.lemma_.lower() in fighting:
            return True
        if token.pos_ == "VERB":
            break
    return False


def without_force(p: Parsed, used: set[int]) -> list[Trigger]:
    """Withdrawals, presences and occupations of a named state or "the military" with no noun for the force (ruling 4)."""
    found: list[Trigger] = []
    nouns = lexicon.by_term("deployment", "nouns")
    for token in p.doc:
        if token.i in used:
            continue
        entry = nouns.get(token.lemma_.lower()) if token.pos_ in ("NOUN", "PROPN") else None
        if entry and entry["class"] in ("withdraw", "mass", "station", "occupy", "send", "order") and _of_state(p, token, entry):
            found.append(Trigger(token, entry["class"], f"state:{entry['term']}"))
        elif token.pos_ == "VERB" and token.lemma_.lower() in ("withdraw", "pull", "occupy") and _state_moves(p, token):
            deed = "occupy" if token.lemma_ == "occupy" else "withdraw"
            found.append(Trigger(token, deed, f"state:{token.lemma_.lower()}", force_is_subject=True))
    return found


def _of_state(p: Parsed, token: Token, entry: Entry) -> bool:
    before = [t for t in children(token, "amod", "compound", "poss", "nmod")]
    military = any(t.lemma_.lower() in MILITARY_ADJECTIVES for t in before)
    if military:
        return True
    if entry["class"] not in ("withdraw", "occupy") or entry["term"] in ("return", "exit", "arrival", "reduction", "evacuation"):
        return False
    state = any(m.end <= token.idx + len(token) and m.form != "modifier" for m in p.actors_in(p.span(min([t.left_edge.i for t in before] or [token.i]), token.i)))
    if entry["class"] == "occupy":
        return state
    return state and any(x["country"] for x in regions.of(p, [token])) and not _from_accord(token)


def _from_accord(token: Token) -> bool:
    """Withdrawal from a treaty, a race, a deal."""
    things = [pobj(prep) for prep in preps(token, "from")]
    return any(t is not None and t.lemma_.lower() in NO_PLACES for t in things)


NO_PLACES = frozenset("treaty agreement accord pact deal race election organization organisation convention union court body talks".split())


def _state_moves(p: Parsed, verb: Token) -> bool:
    thing = next(iter(children(verb, "nsubj")), None)
    if thing is None:
        return False
    if verb.lemma_ == "pull" and not any(c.lower_ in ("out", "back") for c in verb.children):
        return False
    if verb.lemma_ != "occupy" and children(verb, "dobj") or _from_accord(verb):
        return False
    from troopwatch.detect.who import NATIONAL, who

    actor = who(p, thing)
    if actor.code is None or actor.form not in NATIONAL | {"office", None, "military", "government"} or len(actor.code) > 6:
        return False
    if verb.lemma_ == "occupy":
        return any(regions.at(p, t, "in") for t in children(verb, "dobj"))
    return any(x["country"] and x["role"] == "from" for x in regions.of(p, [verb]))
