"""Which word says what happens to a force: a verb, a noun, or the force's own noun where it is merely there."""

from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Token

from troopwatch.detect import lexicon
from troopwatch.detect.deployments import presence
from troopwatch.detect.deployments.forces import Force
from troopwatch.detect.lexicon import Entry
from troopwatch.detect.reading import gate
from troopwatch.detect.reading.parse import lemma
from troopwatch.detect.reading.parsed import Parsed
from troopwatch.detect.reading.trees import children, conjuncts, top
from troopwatch.detect.referents import regions


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
    found = _any(p, force, head)
    if (
        found
        and force.unit_type == "militia_volunteers"
        and (found.deed in ("stay", "presence") or found.token.lemma_ in ("return", "leave"))
    ):
        p.drop(found.token, f"triggers: {found.rule}: militias that are merely there are at home")
        return None
    if found is None:
        p.drop(force.noun, "triggers: no verb or noun of the lexicon that fits, and no bare presence at a place")
    return found


def _any(p: Parsed, force: Force, head: Token) -> Trigger | None:
    return (
        _by_out(force)
        or _by_participle(p, force)
        or _by_verb(p, force, head)
        or _by_noun(p, force, head)
        or _by_chain(p, head)
        or (Trigger(force.noun, "presence", "presence") if presence.is_there(p, force, head) else None)
    )


def _by_out(force: Force) -> Trigger | None:
    """As in "want their troops out", "get our soldiers home": the noun itself, with the word behind it."""
    doc, after = force.noun.doc, force.noun.i + 1
    if after >= len(doc) or doc[after].lower_ not in ("out", "home"):
        return None
    before = [t for t in doc[max(0, force.noun.i - 5) : force.noun.i] if t.lemma_ in ("want", "get", "see", "like")]
    return Trigger(force.noun, "withdraw", f"out:{before[-1].lemma_}") if before else None


@lru_cache(maxsize=1)
def _by_form() -> dict[str, list[Entry]]:
    """Every form of the verbs, for the lemmatizer does not know them all; what needs a particle goes first."""
    found: dict[str, list[Entry]] = {}
    for entry in sorted(lexicon.entries("deployment", "verbs"), key=lambda e: "particle" not in e):
        for form in gate.forms(entry["term"]):
            found.setdefault(form, []).append(entry)
    return found


def _entries(verb: Token) -> list[Entry]:
    return _by_form().get(verb.lemma_.lower()) or _by_form().get(verb.lower_) or []


def _particle(verb: Token, entry: Entry) -> bool:
    wanted = entry.get("particle")
    return (
        not wanted
        or any(c.lower_ in wanted for c in verb.children if c.i > verb.i)
        or any(n.lower_ in wanted for c in verb.children for n in c.children if c.dep_ in ("advmod", "prep", "prt"))
    )


EXTENDED = ("mandate", "mission", "deployment", "presence")


def _fits(p: Parsed, verb: Token, entry: Entry, force: Force | None, *, is_subject: bool) -> bool:
    """Whether the sentence has what the entry asks for: the force's side, a particle, a mandate, a place."""
    if (entry["force"] != "either" and (entry["force"] == "subject") != is_subject) or not _particle(verb, entry):
        return False
    if entry.get("mandate") and (force is None or force.head.lemma_ not in EXTENDED):
        return False
    if entry.get("presence") and force is not None and not _is_presence(force, verb):
        return False
    return _has_place(p, verb, entry, force, is_subject=is_subject)


def _has_place(p: Parsed, verb: Token, entry: Entry, force: Force | None, *, is_subject: bool) -> bool:
    place = entry.get("place")
    if place == "needed":
        return bool(_places(p, verb, force)) or _is_home(verb)
    if place == "own" and is_subject:
        thing = next(iter(children(verb, "dobj")), None)
        return (thing is not None and bool(regions.at(p, thing, "in"))) or bool(_places(p, verb, force))
    return True


def _is_presence(force: Force, verb: Token) -> bool:
    """As in "increased its troop presence", "cut its troops": of the size of a force at a place or of a nation."""
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
    """As in "troops deployed in", "soldiers guarding", "forces that were sent to"."""
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
    """As in "of which 8,000 are poised": said of a part of the force only."""
    own = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    return own is not None and own.like_num


def _relative_object(verb: Token) -> bool:
    """As in "troops that Russia sent": the relative clause has a subject of its own."""
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
    """As in "the town is surrounded by soldiers": the place is what the verb is said of."""
    for entry in _entries(verb):
        encloses = entry.get("place") == "own" and entry["class"] != "stay"
        if entry["force"] == "subject" and (encloses or _places(p, verb, force)):
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
            found = _match(p, inner, force, is_subject=not passive, rule="complement")
            if found:
                return found
    return None


def _by_noun(p: Parsed, force: Force, head: Token) -> Trigger | None:
    """As in "deployment of troops", "troop withdrawal"."""
    nouns = lexicon.by_term("deployment", "nouns")
    if head.dep_ == "pobj" and head.head.lower_ in ("of", "by", "for", "in") and head.head.dep_ in ("prep", "agent"):
        noun = head.head.head
        before = [t for t in head.doc[max(0, head.head.i - 2) : head.head.i] if t.is_alpha]
        if before and noun != before[-1] and before[-1].lemma_.lower() in nouns and head.head.lower_ == "of":
            noun = before[-1]
        entry = nouns.get(lemma(noun)) or nouns.get(noun.lower_)
        if entry and noun.pos_ in ("NOUN", "VERB", "PROPN", "NUM", "X", "ADJ"):
            allowed = ("of", "by") if entry["class"] != "mass" else ("of", "by", "in")
            return Trigger(noun, entry["class"], f"noun:{entry['term']}") if head.head.lower_ in allowed else None
        if head.head.lower_ == "of" and noun.pos_ == "VERB":
            return _match(p, noun, force, is_subject=False, rule="object")
    if head.dep_ in ("compound", "poss", "nmod", "amod"):
        entry = nouns.get(lemma(head.head))
        if entry:
            return Trigger(head.head, entry["class"], f"noun:{entry['term']}")
    return None


def _by_chain(p: Parsed, head: Token) -> Trigger | None:
    """A coordinated verb shares the object: "trained and deployed troops"."""
    verb = head.head
    if head.dep_ == "dobj":
        for other in [*conjuncts(verb)[1:], top(verb)]:
            for entry in _entries(other):
                plain = entry["force"] != "subject" and not entry.get("place") and not entry.get("presence")
                if plain and _particle(other, entry) and not children(other, "dobj"):
                    return Trigger(other, entry["class"], f"shared:{entry['term']}")
    return None
