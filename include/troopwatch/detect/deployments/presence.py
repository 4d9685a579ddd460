"""A force that is merely there: its own noun is the trigger (codebook 2.1.1, 2.1.3)."""

from spacy.tokens import Token

from troopwatch.detect import lexicon
from troopwatch.detect.deployments.forces import Force
from troopwatch.detect.reading.parsed import Parsed
from troopwatch.detect.referents import place_words, regions


def is_there(p: Parsed, force: Force, head: Token) -> bool:
    """As in "10,000 North Korean troops in Russia": the force is at a place, and not in a report of fighting."""
    verb = head.head
    existential = (
        head.dep_ in ("attr", "nsubj", "prep") and verb.lemma_ == "be" and any(c.dep_ == "expl" for c in verb.children)
    )
    anchors = [force.noun, force.head, *force.others] + ([verb] if existential else [])
    if force.entry["type"] == "equipment_only" and not existential:
        return False
    found = [x for x in regions.of(p, anchors) if x["role"] in ("in", "near", "along") and is_place(p, x)]
    if not found:
        return False
    is_doer = (
        head.dep_ == "pobj" and head.head.dep_ == "agent"
    )  # "crimes committed by soldiers in Gaza" tells of a deed
    return existential or not (is_doer or _in_fighting(head))


def is_place(p: Parsed, place: regions.Place) -> bool:
    """A place of which more is known than a capital letter."""
    known = place["country"] or place["geonameid"] or place_words.BORDER.search(place["text"])
    return (
        bool(known)
        or any(m.start < place["end"] and m.end > place["start"] for m in p.places)
        or place["text"].islower()
    )


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
