"""Weapons that change hands: aid, and no deployment (codebook 2.1.7)."""

from troopwatch.detect.deployments.forces import Force
from troopwatch.detect.deployments.triggers import Trigger
from troopwatch.detect.reading.parsed import Parsed
from troopwatch.detect.reading.wordset import words
from troopwatch.detect.referents import regions

GIVING = words("send provide contribute ship transfer fly deliver commit place supply donate pledge promise offer")


KEPT = frozenset({"Patriot", "THAAD"})


def is_aid(p: Parsed, force: Force, t: Trigger) -> bool:
    """Weapons that one state sends to another are aid, unless they stay its own (codebook 2.1.7)."""
    if (
        force.unit_type not in ("equipment_only", "air", "armour_artillery", "air_defence_missile")
        or force.entry["counts"] == "persons"
    ):
        return False
    if (
        t.token.lemma_.lower() not in GIVING
        or any(c.dep_ == "poss" for c in force.noun.children)
        or KEPT & set(force.span.text.split())
    ):
        return False
    if any(c.lemma_ in ("load", "carry", "laden", "pack") for c in force.noun.children if c.dep_ in ("acl", "amod")):
        return True
    if "in exchange" in p.text:
        return True
    to = [x for x in regions.of(p, [t.token, force.noun, force.head]) if x["role"] == "to"]
    return t.token.lemma_ == "provide" or any(x["country"] and _is_state(p, x) for x in to)


def _is_state(p: Parsed, place: regions.Place) -> bool:
    return any(m.start == place["start"] and m.kind == "country" for m in p.places)
