"""Which kind of force a noun phrase names: the column unit_type, and types of weapons such as F-16 or T-72."""

import re
from functools import lru_cache

from spacy.tokens import Token

from troopwatch.detect import lexicon
from troopwatch.detect.lexicon import Entry
from troopwatch.detect.reading.parsed import Parsed
from troopwatch.detect.reading.trees import phrase
from troopwatch.detect.reading.wordset import words

TYPE = re.compile(
    r"(?P<air>(?:[FBEPUHJY]|C|A|KC|RC|EA|EC|MC|AC|MQ|RQ|[MACU]H|CV|EF|JF|Su|MiG|Mig|Tu|Il|An|Mi|Ka)-\d{1,3}[A-Z]{0,3})s?"
    r"|(?P<armour>(?:T|BTR|BMP|PT)-\d{2,3}[A-Z]{0,3})s?|(?P<defence>S-[234]\d\d)s?"
)
"""A type of aircraft, of tank or of air defence by its letters and number."""
BY_TYPE = {
    "air": {"term": "type", "type": "air", "counts": "aircraft", "need": "none"},
    "armour": {"term": "type", "type": "equipment_only", "counts": "vehicles", "need": "none"},
    "defence": {"term": "type", "type": "equipment_only", "counts": "units", "need": "none"},
}


@lru_cache(maxsize=1)
def modifiers() -> dict[str, Entry]:
    """The words before a noun that make a force of it, in lower case."""
    return {term.lower(): e for term, e in lexicon.by_term("forces", "modifiers").items()}


def by_name(token: Token) -> Entry | None:
    """The entry of a type of weapon: "F-16s", "Mirages", "HIMARS"."""
    found = TYPE.fullmatch(token.text)
    if found is not None:
        return BY_TYPE[str(found.lastgroup)]
    named = lexicon.by_term("forces", "types")
    for word in (token.text, token.text.removesuffix("s"), token.text.removesuffix("es")):
        if word in named:
            return named[word]
    return None


NAVIES = {
    "USS": "USA",
    "HMS": "GBR",
    "HMAS": "AUS",
    "HMCS": "CAN",
    "HMNZS": "NZL",
    "INS": "IND",
    "ROKS": "KOR",
    "BNS": "BGD",
}
"""The letters before the name of a warship, and whose it is."""


def named_ship(token: Token) -> Entry | None:
    """As in "the frigate Lafayette", "HMS Diamond": a proper name behind a kind of warship or the letters of a navy."""
    nouns = lexicon.by_term("forces", "nouns")
    for c in token.children:
        entry = nouns.get(c.lower_) if c.dep_ in ("compound", "amod", "nmod") and c.i < token.i else None
        if c.text in NAVIES or (entry and entry["counts"] == "ships"):
            return {"term": "ship", "type": "naval", "counts": "ships", "need": "none"}
    return None


def unit_type(p: Parsed, token: Token, entry: Entry, words: list[str]) -> str:
    """The kind of force; `words`: what stands before the noun in its phrase."""
    if "special" in words and entry["term"] in ("force", "troop", "unit", "personnel"):
        return "special_forces"
    if token.lemma_ == "fighter" and any(by_name(t) or t.lower_ in FLYING for t in p.doc[phrase(token)[0] : token.i]):
        return "air"
    span = p.span(*phrase(token))
    if _is_peace_mission(p, token) or any(w.startswith(("peacekeep", "peace-keep")) for w in words):
        return "peacekeepers"
    if re.search(r"\bwagner\b", span.text, re.I):
        return "mercenaries"
    if entry["type"] in ("unspecified", "equipment_only", "air_defence_missile") or entry["counts"] in (
        "units",
        "vehicles",
    ):
        for word in reversed(
            words if entry["term"] != "force" else [w for w in words if w not in ("defense", "defence")]
        ):
            kind = modifiers().get(word, {}).get("type")
            if kind and not (entry["type"] == "air_defence_missile" and kind == "equipment_only"):
                return str(kind)
    return str(entry["type"])


FLYING = words("stealth jet multirole carrier-based air-superiority supersonic naval air")
"""What makes a fighter a plane: "four stealth fighters"."""


MISSIONS = re.compile(
    r"\b(?:UN|U\.N\.|United Nations|UNIFIL|UNMISS|MONUSCO|MINUSMA|AMISOM|UNPROFOR|KFOR|SFOR|UNAMID|African Union)\b"
)


def _is_peace_mission(p: Parsed, token: Token) -> bool:
    first, last = phrase(token)
    return bool(MISSIONS.search(p.span(first, last).text)) and token.lemma_ in (
        "troop",
        "force",
        "soldier",
        "contingent",
        "unit",
    )
