"""Triggers that are nouns or stand beside the force's own noun: "deployment of troops", "asked for troops"."""

from spacy.tokens import Token

from troopwatch.detect import lexicon
from troopwatch.detect.deployments import matching
from troopwatch.detect.deployments.forces import Force
from troopwatch.detect.deployments.matching import Trigger
from troopwatch.detect.reading.parse import lemma
from troopwatch.detect.reading.parsed import Parsed
from troopwatch.detect.reading.trees import children, conjuncts, top
from troopwatch.detect.reading.wordset import words
from troopwatch.detect.referents import regions


def by_out(force: Force) -> Trigger | None:
    """As in "want their troops out", "get our soldiers home": the noun itself, with the word behind it."""
    doc, after = force.noun.doc, force.noun.i + 1
    if after >= len(doc) or doc[after].lower_ not in ("out", "home"):
        return None
    before = [t for t in doc[max(0, force.noun.i - 5) : force.noun.i] if t.lemma_ in ("want", "get", "see", "like")]
    return Trigger(force.noun, "withdraw", f"out:{before[-1].lemma_}") if before else None


def by_noun(p: Parsed, force: Force, head: Token) -> Trigger | None:
    """As in "deployment of troops", "troop withdrawal"."""
    nouns = lexicon.by_term("deployment", "nouns")
    if head.dep_ == "pobj" and head.head.lower_ in ("of", "by", "for", "in") and head.head.dep_ in ("prep", "agent"):
        noun = head.head.head
        before = [t for t in head.doc[max(0, head.head.i - 2) : head.head.i] if t.is_alpha]
        if before and noun != before[-1] and before[-1].lemma_.lower() in nouns and head.head.lower_ == "of":
            noun = before[-1]
        entry = nouns.get(lemma(noun)) or nouns.get(noun.lower_)
        if entry and noun.pos_ in ("NOUN", "VERB", "PROPN", "NUM", "X", "ADJ"):
            if entry.get("strict") and not _is_use_of_troops(p, force, head, noun):
                return None
            allowed = ("of", "by") if entry["class"] != "mass" else ("of", "by", "in")
            return Trigger(noun, entry["class"], f"noun:{entry['term']}") if head.head.lower_ in allowed else None
        if head.head.lower_ == "of" and noun.pos_ == "VERB":
            return matching.match(p, noun, force, is_subject=False, rule="object")
    if head.dep_ in ("compound", "poss", "nmod", "amod"):
        entry = nouns.get(lemma(head.head))
        if entry:
            return Trigger(head.head, entry["class"], f"noun:{entry['term']}")
    return None


def _is_use_of_troops(p: Parsed, force: Force, head: Token, noun: Token) -> bool:
    """As in "authorised the use of troops on Ukrainian territory"; not "the use of force", nor "used by the army"."""
    people = force.entry["counts"] == "persons" and force.unit_type != "militia_volunteers"
    people = people and force.noun.lower_ != "force"
    return people and noun.pos_ == "NOUN" and head.head.lower_ == "of" and bool(regions.of(p, [noun, force.noun]))


def by_chain(p: Parsed, head: Token) -> Trigger | None:
    """A coordinated verb shares the object: "trained and deployed troops"."""
    verb = head.head
    if head.dep_ == "dobj":
        for other in [*conjuncts(verb)[1:], top(verb)]:
            for entry in matching.entries(other):
                plain = entry["force"] != "subject" and not entry.get("place") and not entry.get("presence")
                if plain and matching.particle(other, entry) and not children(other, "dobj"):
                    return Trigger(other, entry["class"], f"shared:{entry['term']}")
    return None


ASKING = words("ask appeal call plead beg press push lobby petition bid request plea demand clamour clamor")
WANTING = words("request seek want demand solicit")


def by_request(p: Parsed, force: Force, head: Token) -> Trigger | None:
    """As in "asked NATO for 10,000 more soldiers": a force that is only asked for is not sent yet."""
    if force.entry["type"] == "equipment_only" or force.unit_type in ("air_defence_missile", "armour_artillery"):
        return None
    over = head.head.head if head.dep_ == "pobj" and head.head.lower_ == "for" else None
    if over is not None and over.lemma_.lower() in ASKING and over.pos_ in ("VERB", "NOUN"):
        return Trigger(force.noun, "send", f"asked:{over.lemma_.lower()}")
    below = head.head
    if over is None and head.dep_ == "nsubj" and any(c.dep_ == "mark" and c.lower_ == "for" for c in below.children):
        asked = below.head if below.dep_ in ("advcl", "ccomp", "xcomp") else None  # "asked NATO for soldiers to guard"
        if asked is not None and asked.lemma_.lower() in ASKING and not _is_leaving(below):
            return Trigger(force.noun, "send", f"asked:{asked.lemma_.lower()}")
    verb = head.head.lemma_.lower() if head.dep_ == "dobj" else ""
    if verb in WANTING or (verb in WEIGHING and regions.of(p, [head.head, force.head, force.noun])):
        return Trigger(force.noun, "send", f"asked:{verb}")
    return None


WEIGHING = words(
    "consider weigh mull contemplate discuss propose suggest float favour favor oppose reject rule envisage"
)
"""What is done with forces that are not sent yet: "ruled out ground troops for Libya"."""


def _is_leaving(verb: Token) -> bool:
    """Whether a verb by itself says that its subject goes: "asked for the soldiers to leave"."""
    home = any(c.lower_ in ("home", "out", "away", "back", "off") for c in verb.children)
    return home or verb.lemma_ in ("leave", "go", "withdraw", "depart", "quit", "vacate", "exit", "return")
