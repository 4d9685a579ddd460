"""A force at a place with a verb that no list knows: what its prepositions say of where it goes or is."""

from spacy.tokens import Token

from troopwatch.detect import lexicon
from troopwatch.detect.deployments.forces import Force
from troopwatch.detect.deployments.matching import entries
from troopwatch.detect.deployments.presence import is_place
from troopwatch.detect.reading.parsed import Parsed
from troopwatch.detect.reading.trees import children, phrase, subject
from troopwatch.detect.reading.wordset import words
from troopwatch.detect.referents import regions
from troopwatch.detect.referents.who import who

OTHER_DOINGS = words(
    "get receive acquire obtain buy order inspect review "
    "abuse accuse address admit arm award begin behead believe blame boo burn buy celebrate charge chase cheer "
    "claim collapse command commemorate compare condemn consider continue convict cost crash criticise "
    "criticize crush damage decorate defeat defect deny describe destroy disappear down drown duel engage "
    "equip escape exchange explode face fear film flee free freeze fund greet hand hang hate hear hit "
    "hospitalise hospitalize imprison include infect intercept interrogate involve jail know lay lead loot "
    "love marry massacre mean meet mention mourn mutiny name need outnumber overpower parade pay perish "
    "photograph plant play poison praise prosecute question ransom rape rebel recruit release remember repel "
    "report rob rout salute say see sell sentence sink slaughter sow start starve stop strike sue suffer "
    "suspect target tell thank think threaten torture treat try visit vote want warn watch welcome win "
)
"""Verbs that tell of a force without saying that it is put or kept anywhere: harm, talk, courts, honours, trade."""


Found = tuple[Token, str, bool]
"""The verb, its class of the lexicon, and whether the force is its subject."""


def of_force(p: Parsed, force: Force, head: Token) -> Found | None:
    """As in "Kenyan soldiers swarmed into Somalia": any verb that is none of fighting, talking or dealing."""
    verb = head.head
    is_subject = head.dep_ == "nsubj"
    if (
        any("particle" not in e for e in entries(verb))
        or verb.pos_ != "VERB"
        or not (is_subject or head.dep_ in ("dobj", "nsubjpass"))
        or _is_barred(verb)
    ):
        return None
    if _is_done_to_people(p, verb) and is_subject:
        return None
    if force.unit_type in ("militia_volunteers", "equipment_only") or not _is_owned(p, force, verb):
        return None
    anchors = [verb, force.head, force.noun, *force.others]
    places = [x for x in regions.of(p, anchors) if is_place(p, x)]
    deed = _deed(places, is_subject=is_subject)
    return (verb, deed, is_subject) if deed else None


def _is_done_to_people(p: Parsed, verb: Token) -> bool:
    """What a force does to people or to a named thing is fighting or the like; trenches and roads tell where it is."""
    for thing in children(verb, "dobj"):
        named = thing.pos_ != "NOUN" or bool(p.actors_in(p.span(*phrase(thing))))
        if named or thing.lemma_.lower() in lexicon.terms("roles", "roles"):
            return True
    return False


def _is_barred(verb: Token) -> bool:
    lemma = verb.lemma_.lower()
    return lemma in OTHER_DOINGS or lemma in lexicon.terms("deployment", "fighting")


def _is_owned(p: Parsed, force: Force, verb: Token) -> bool:
    """Whether a nation or group stands in the force's phrase or does the deed."""
    span = p.span(min(phrase(force.noun)[0], phrase(force.head)[0]), force.noun.i)
    if any(m.code and m.form != "modifier" for m in p.actors_in(span)) or children(force.noun, "poss"):
        return True
    doer = subject(verb)
    return doer is not None and doer != force.head and who(p, doer).code is not None


def _deed(places: list[regions.Place], *, is_subject: bool) -> str | None:
    roles = {x["role"] for x in places}
    if "to" in roles:
        return "send"
    if roles == {"from"}:
        return "withdraw"
    return "stay" if roles and is_subject else None
