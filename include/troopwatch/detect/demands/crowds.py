"""Whose crowd it is that demands: that of the country where it gathers."""

import re
from dataclasses import replace

from troopwatch.detect import lexicon
from troopwatch.detect.demands.demanders import kind
from troopwatch.detect.demands.pieces import Frame
from troopwatch.detect.reading.parsed import Parsed
from troopwatch.detect.reading.trees import above
from troopwatch.detect.referents import regions
from troopwatch.detect.referents.naming import Who
from troopwatch.detect.referents.who import who

SIDING = re.compile(r"(?:the )?(?:pro|anti)[- ]", re.I)
"""As in "pro-Palestine marchers": whom they are for says not where they are from."""
GATHERING = ("march", "rally", "protest", "gather", "demonstrate")


def of_the_place(p: Parsed, f: Frame, w: Who) -> Who:
    """The crowd with its country, where the sentence says where it stands."""
    if _is_crowd(w) and SIDING.match(w.span.text):
        w = replace(w, code=None)
    if w.form == "capital" and _is_crowd(w):
        return _coded(w, _of_city(p, w) or "")
    if w.code or kind(w) != "crowd_union":
        return w
    return _coded(w, _of_city(p, w) or _by_verb(p, f) or _before(p, f) or _at_a_door(p, f) or "")


UNKNOWN = "---"
"""The country of people whose nationality the sentence does not tell (codebook 1.2.6)."""


KIN = ("family", "relative", "mother", "parent", "supporter")


def code_of(w: Who | None) -> str | None:
    """The code of who demands; of a crowd or a private person by role, the sector alone where no state is told."""
    role = lexicon.by_term("roles", "roles").get(w.head) if w else None
    if w is None or role is None or role["kind"] not in ("crowd_union", "individual_private"):
        return w.code if w else None
    if w.code is None and " " in w.span.text and w.span.text.split()[-1][:1].isupper():
        return None  # a name that the dictionaries lack: "the Karen National Union"
    armed = w.head in KIN and (w.code or "")[3:6] in (
        "REB",
        "UAF",
        "SEP",
    )  # "the families of hostages of Hamas" are none of it
    return UNKNOWN + str(role.get("sector", "CVL")) if w.code is None or armed else w.code


def _coded(w: Who, country: str) -> Who:
    role = lexicon.by_term("roles", "roles").get(w.head, {})
    return replace(w, code=country + str(role.get("sector", "CVL")), form="crowd", reason=None) if country else w


def _is_crowd(w: Who) -> bool:
    return lexicon.by_term("roles", "roles").get(w.head, {}).get("kind") == "crowd_union"


def _of_city(p: Parsed, w: Who) -> str | None:
    """As in "Brussels protesters": the city's country, not what the city's name else stands for."""
    return next((x.country for x in p.places_in(w.span) if x.country), None)


def _by_verb(p: Parsed, f: Frame) -> str | None:
    verbs = [v for v in (f.trigger, *above(f.trigger)) if v.lemma_ in GATHERING]
    found = [x["country"] for v in verbs for x in regions.of(p, [v]) if x["country"] and x["role"] == "in"]
    return found[0] if found else None


def _before(p: Parsed, f: Frame) -> str | None:
    """As in "Thousands filled central Beirut to demand": the first place named before the demand."""
    found = [x for x in p.places if x.end <= f.trigger.idx and x.country]
    return next((x.country for x in found if p.tokens(x.start, x.end)[-1].pos_ == "PROPN"), None)


def _at_a_door(p: Parsed, f: Frame) -> str | None:
    """As in "shouted at the gates of the president's palace": whose president it is."""
    if f.form != "imperative_quote" or f.addressee is None:
        return None
    return who(p, f.addressee).country
