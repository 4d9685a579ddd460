"""Whether a word of the lexicon evokes a deployment where it stands: the force's side, its particles, its place."""

import re
from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Token

from troopwatch.detect import lexicon
from troopwatch.detect.deployments.forces import Force
from troopwatch.detect.lexicon import Entry
from troopwatch.detect.reading import gate
from troopwatch.detect.reading.parsed import Parsed
from troopwatch.detect.reading.trees import children, pobj
from troopwatch.detect.referents import regions


@dataclass(frozen=True)
class Trigger:
    """The word that evokes the event, what it does (`deed`: class of the lexicon) and by which rule it was found."""

    token: Token
    deed: str
    rule: str
    force_is_subject: bool = False


@lru_cache(maxsize=1)
def _by_form() -> dict[str, list[Entry]]:
    """Every form of the verbs, for the lemmatizer does not know them all; what needs a particle goes first."""
    found: dict[str, list[Entry]] = {}
    for entry in sorted(lexicon.entries("deployment", "verbs"), key=lambda e: "particle" not in e):
        for form in gate.forms(entry["term"]):
            found.setdefault(form, []).append(entry)
    return found


def entries(verb: Token) -> list[Entry]:
    return _by_form().get(verb.lemma_.lower()) or _by_form().get(verb.lower_) or []


def particle(verb: Token, entry: Entry) -> bool:
    wanted = entry.get("particle")
    if verb.lemma_ == "take" and wanted and "out" in wanted and any(c.dep_ == "prt" for c in verb.children):
        return False  # "take out tanks" is combat, "take troops out of Mali" is not
    if entry.get("goal") == "none" and any(
        c.lower_ in ("to", "into", "onto") and pobj(c) for c in children(verb, "prep")
    ):
        return False
    if entry.get("outside") and not any(
        c.lower_ == "out" and children(c, "prep") and c.i <= verb.i + 2 for c in verb.children
    ):
        return False  # "are out of Mali" is gone, "are out in force in Mali" and "are in Mali, out of 500" is there
    return (
        not wanted
        or any(c.lower_ in wanted for c in verb.children if c.i > verb.i)
        or any(n.lower_ in wanted for c in verb.children for n in c.children if c.dep_ in ("advmod", "prep", "prt"))
    )


HANDOVER = re.compile(
    r"\b(?:duty|duties|missions?|from|policing|command|responsibility|patrols?|role|task|guard)\b", re.I
)
EXTENDED = ("mandate", "mission", "deployment", "presence")


def _fits(p: Parsed, verb: Token, entry: Entry, force: Force | None, *, is_subject: bool) -> bool:
    """Whether the sentence has what the entry asks for: the force's side, a particle, a mandate, a place."""
    settled = entry["class"] == "stay" and verb.tag_ == "VBN" and entry.get("place") == "needed"
    if settled and not is_subject and any(c.dep_ == "auxpass" for c in verb.children):
        is_subject = True  # "is camped", "are dug in"
    wrong_side = entry["force"] != "either" and (entry["force"] == "subject") != is_subject
    if wrong_side or not particle(verb, entry) or not _is_of_force(verb, entry, force):
        return False
    if (entry.get("handover") and not HANDOVER.search(p.text)) or not _suits_objects(
        verb, entry, is_subject=is_subject
    ):
        return False
    return _has_place(p, verb, entry, force, is_subject=is_subject)


def _is_of_force(verb: Token, entry: Entry, force: Force | None) -> bool:
    """Whether the entry is said of such a force: its mandate, its size, the soldiers but not the army as such."""
    if entry.get("purpose") and not _has_purpose(verb, force):
        return False
    if force is None:
        return not entry.get("mandate")
    fired = force.entry["term"] in FIRED and entry["force"] != "object" and entry["class"] not in ("stay", "station")
    if fired or (entry.get("sighting") and _is_hurt(force)):
        return False
    if entry.get("weak") and (force.unit_type == "militia_volunteers" or _is_whole(force)):
        return False
    wrong = entry.get("mandate") and force.head.lemma_ not in EXTENDED
    return not wrong and (not entry.get("presence") or _is_presence(force, verb))


FIRED = ("missile", "rocket", "warhead", "shell", "interceptor")
"""What lands or enters is fired, not sent."""


def _is_hurt(force: Force) -> bool:
    """As in "saw three soldiers killed": seen is what is done to the force, not that it is there."""
    return any(
        c.lemma_.lower() in lexicon.terms("deployment", "fighting")
        for t in (force.noun, force.head)
        for c in children(t, "acl", "relcl", "amod")
    )


def _suits_objects(verb: Token, entry: Entry, *, is_subject: bool) -> bool:
    """Whether the verb's objects let it be one of moving or staying: "took part", not "took hostages"."""
    things = children(verb, "dobj")
    if entry.get("object") and not any(c.lemma_.lower() in entry["object"] for c in things):
        return False
    if not is_subject:
        return True
    if verb.lemma_ in ("clear", "hold", "seize", "control", "block") and any(_is_people(c) for c in things):
        return False
    if entry["class"] == "mass" and things:
        return False  # "the military assembled a team"
    flown = verb.lemma_ == "fly" and any(c.pos_ in ("PRON", "PROPN") for c in things)
    return not flown and not (things and entry.get("particle") and entry["class"] == "withdraw")


PEOPLE = frozenset(
    [
        "protester",
        "demonstrator",
        "resident",
        "civilian",
        "people",
        "man",
        "woman",
        "child",
        "hostage",
        "crowd",
        "student",
        "prisoner",
    ]
)


def _is_people(token: Token) -> bool:
    """What is done to people is no staying at a place: "held two men", "cleared the protesters"."""
    return token.lemma_.lower() in PEOPLE or token.pos_ == "PRON"


def _is_whole(force: Force) -> bool:
    """The army as such: what it does at a place says little of where its soldiers are."""
    return force.entry["term"] in ("army", "military", "navy") or force.span.text.endswith("Force")


def _has_purpose(verb: Token, force: Force | None) -> bool:
    return any(
        c.lower_ == "for" for t in (verb, *((force.noun, force.head) if force else ())) for c in children(t, "prep")
    )


def _has_place(p: Parsed, verb: Token, entry: Entry, force: Force | None, *, is_subject: bool) -> bool:
    place = entry.get("place")
    if place == "needed" and force is not None and verb.lemma_ == "use" and force.entry["counts"] != "persons":
        return False
    if place == "needed":
        found = places(p, verb, force, is_subject=is_subject)
        if is_subject and entry["class"] == "send":
            found = [x for x in found if x["role"] != "from"]
        return bool(found) or _is_home(verb)
    if place == "own" and is_subject:
        thing = next(iter(children(verb, "dobj")), None)
        found = places(p, verb, force, is_subject=True)
        return (thing is not None and bool(regions.at(p, thing, "in"))) or bool(found)
    return True


def _is_presence(force: Force, verb: Token) -> bool:
    """As in "increased its troop presence", "cut its troops": of the size of a force at a place or of a nation."""
    return force.entry["counts"] == "persons" or force.entry["term"] in (
        "presence",
        "contingent",
        "patrol",
        "garrison",
        "fleet",
    )


def _is_home(verb: Token) -> bool:
    return any(c.lower_ in ("home", "out", "there", "overseas", "abroad") for c in verb.children if c.i > verb.i)


def places(p: Parsed, verb: Token, force: Force | None, *, is_subject: bool = False) -> list[regions.Place]:
    anchors = [verb]
    if is_subject:
        things = children(verb, "dobj")
        held = [pobj(c) for c in children(verb, "prep")]
        anchors += things + [v for t in (*things, *held) if t is not None for v in children(t, "relcl", "acl")]
    if force is not None:
        anchors += [force.head, force.noun, *force.others]
    return regions.of(p, anchors) or regions.where(p, verb)


def _is_told_to_go(verb: Token) -> bool:
    """As in "must leave", "calls for them to go": of a force that needs no place."""
    alone = not children(verb, "dobj", "prep", "prt", "acomp", "advmod")
    must = any(c.lemma_ in ("must", "should", "to", "ought") for c in children(verb, "aux"))
    return verb.lemma_ in ("leave", "go", "quit", "depart") and alone and must


def match(p: Parsed, verb: Token, force: Force | None, *, is_subject: bool, rule: str) -> Trigger | None:
    for entry in entries(verb):
        if _fits(p, verb, entry, force, is_subject=is_subject):
            return Trigger(verb, entry["class"], f"{rule}:{entry['term']}", is_subject)
    if is_subject and _is_told_to_go(verb):
        return Trigger(verb, "withdraw", f"{rule}:{verb.lemma_}", is_subject)
    return None
