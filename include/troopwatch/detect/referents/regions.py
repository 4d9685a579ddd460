"""Where: the places of a deployment with their roles, from the prepositions that lead to them."""

from collections.abc import Collection
from typing import Any

from spacy.tokens import Token

from troopwatch.detect import lexicon
from troopwatch.detect.names import towns
from troopwatch.detect.names.places import PlaceMatch
from troopwatch.detect.reading.parsed import Parsed, Span
from troopwatch.detect.reading.trees import children, conjuncts, phrase, pobj, subtree
from troopwatch.detect.referents.place_words import (
    ASTRAY,
    BORDER,
    COMPASS,
    LED_TO,
    PARTS,
    POINTING,
    REACHES,
    ROLE,
    SIDE_STATED,
    VAGUE,
    is_time,
)

Place = dict[str, Any]


def of(p: Parsed, anchors: list[Token], *, phase_from: bool = False) -> list[Place]:
    """The places that hang on any of the anchors (trigger, force, and what they are part of), in order."""
    found: dict[int, Place] = {}
    for anchor in anchors:
        for prep, thing in _leads(anchor):
            for place in _read(p, prep, thing):
                found.setdefault(place["start"], place)
    return [found[start] for start in sorted(found)]


def where(p: Parsed, verb: Token) -> list[Place]:
    """As in "the town where they are based": what the relative clause hangs on."""
    if verb.dep_ in ("relcl", "advcl") and any(c.lower_ == "where" for c in verb.children):
        return at(p, verb.head, "in")
    return []


def _leads(anchor: Token) -> list[tuple[Token, Token]]:
    """Prepositions (chains such as "out of" included) under the anchor, with what they lead to."""
    found: list[tuple[Token, Token]] = []
    queue = [(c, 0) for c in anchor.children]
    while queue:
        token, depth = queue.pop(0)
        if token.dep_ in ("prep", "dative", "prt", "advmod", "pcomp", "conj") and token.pos_ in (
            "ADP",
            "SCONJ",
            "ADV",
            "PART",
        ):
            thing = pobj(token)
            if thing is not None:
                found.append((token, thing))
                if thing.pos_ in ("NOUN", "PROPN") and depth < 2:
                    queue += [
                        (c, depth + 1)
                        for c in thing.children
                        if (c.dep_ == "prep" and c.lower_ not in ("of", "with"))
                        or (c.dep_ == "advmod" and c.lower_ in COMPASS)
                    ]
            elif token.lower_ in ASTRAY and (beside := _beside(token)) is not None:
                found.append((token, beside))
            if token.lower_ in ("there", "abroad", "overseas", "here") and thing is None:
                found.append((token, token))
            below = ("prep", "pcomp", "conj")  # "along the border and in Crimea"
            queue += [(c, depth + 1) for c in token.children if c.dep_ in below and c.pos_ != "VERB" and depth < 3]
        elif token.dep_ == "npadvmod" and token.lower_ in ("home", "west", "east", "north", "south"):
            found.append((token, token))
    return found


def _beside(particle: Token) -> Token | None:
    """As "Monrovia" in "lay off Monrovia", where the tree has the preposition for a part of the verb."""
    things = [c for c in children(particle.head, "dobj") if c.left_edge.i == particle.i + 1]
    return things[0] if particle.dep_ == "prt" and things else None


def role_of(prep: Token) -> str | None:
    word = prep.lower_
    if word == "of" and prep.head.lower_ in COMPASS:
        return "near"
    if word in ("of", "against", "with", "as", "since", "during", "after", "before", "until", "despite", "under"):
        over = prep.head.lower_
        return {"out": "from", "inside": "in", "outside": "near"}.get(over) if word == "of" else None
    return ROLE.get(word)


def _read(p: Parsed, prep: Token, thing: Token) -> list[Place]:
    role = "in" if thing == prep else role_of(prep)
    if role is None or thing.pos_ == "VERB":
        return []
    out: list[Place] = []
    if prep.lower_ in ("across", "over") and BORDER.search(thing.text) and children(thing, "prep"):
        return []
    for part in conjuncts(thing):
        if part != thing and any(c.dep_ == "prep" for c in part.lefts):
            continue
        out += at(p, part, role, prep)
    return out


def at(p: Parsed, part: Token, role: str, prep: Token | None = None) -> list[Place]:
    """The place that a noun phrase is, if it is one."""
    minimal = p.span(*phrase(part))
    if part.lower_ == "line":
        minimal = p.span(phrase(part)[0], subtree(part, skip=("relcl", "acl", "conj", "cc", "punct", "appos"))[1])
    if BORDER.search(minimal.text) and not (prep is not None and SIDE_STATED.match(prep.text)):
        return [_border(p, part, role, prep)]
    if not _may_be_place(p, part, prep):
        return []
    named = _named(p, part, minimal)
    if named is not None:
        own = named.start >= minimal.start and named.kind != "demonym" and part.pos_ == "PROPN"
        where = Span(named.start, named.end, named.text) if own else minimal
        role = "near" if part.lower_ in REACHES and role == "in" else role
        return [_place(where, named.country, named.geonameid, role, named.disputed)]
    common = part.lemma_.lower() in VAGUE or part.lower_ in VAGUE
    unknown = part.tag_ in ("NNP", "NNPS") and not p.actors_in(minimal) and not p.is_title
    known = None if common else _little_known(p, part, minimal, role, unknown=unknown)
    if known is not None:
        return [known]
    if common or unknown:
        return [_place(minimal, _meant(p, part) if common else None, None, role, False)]
    return []


def _little_known(p: Parsed, part: Token, minimal: Span, role: str, *, unknown: bool) -> Place | None:
    """A capital that the gazetteer is too coarse for, or a small town."""
    capital = next((m for m in p.actors_in(minimal) if m.form == "capital" and m.code and m.end == minimal.end), None)
    if capital is not None and capital.code:
        return _place(minimal, capital.code[:3], None, role, False)
    town = towns.named(minimal.text) if unknown and minimal.text == _name(p, part) else None
    return _place(minimal, town.country, town.geonameid, role, False) if town is not None else None


def _name(p: Parsed, part: Token) -> str:
    """The capitalised words that end with the head of the phrase."""
    first = part.i
    while first and p.doc[first - 1].tag_ == "NNP" and p.doc[first - 1].head == part:
        first -= 1
    return p.span(first, part.i).text


def _border(p: Parsed, part: Token, role: str, prep: Token | None) -> Place:
    """A border lies in no country: its side is not stated."""
    span = p.span(*subtree(part, skip=("relcl", "acl", "conj", "cc", "punct", "appos", "advcl")))
    kind = "along" if prep is not None and prep.lower_ in ("on", "along") else "near"
    return _place(span, None, None, kind if role in ("in", "near", "along") else role, False)


def _may_be_place(p: Parsed, part: Token, prep: Token | None) -> bool:
    """Neither a time, nor a number, nor a force; after "for" only what the gazetteer knows."""
    if is_time(part) or part.like_num or part.lemma_.lower() in lexicon.terms("forces", "nouns") - {"base"}:
        return False
    return prep is None or prep.lower_ != "for" or any(m.start <= part.idx < m.end for m in p.places)


def _named(p: Parsed, part: Token, minimal: Span) -> PlaceMatch | None:
    """The place that the phrase names: its head, a name in it, or what it is a part of ("the town of Manbij")."""
    inside = p.places_in(minimal)
    covering = [m for m in inside if m.start <= part.idx < m.end]
    common = part.lemma_.lower() in VAGUE or part.lower_ in VAGUE or part.lower_ in PARTS
    if covering or (inside and (common or part.pos_ == "PROPN" or inside[-1].kind != "demonym")):
        return (covering or inside)[-1]
    if part.pos_ != "PROPN" and not common and part.lemma_.lower() not in PARTS:
        return None
    for c in part.children:
        thing = pobj(c) if c.dep_ == "prep" and c.lower_ in ("of", "in", "near", "around", "within", "inside") else None
        if thing is not None:
            found = _named(p, thing, p.span(*phrase(thing)))
            if found is not None:
                return found
    return None


def _place(span: Span, country: str | None, geonameid: int | None, role: str, disputed: bool) -> Place:
    return {
        "text": span.text,
        "start": span.start,
        "end": span.end,
        "country": country,
        "geonameid": geonameid,
        "role": role,
        "disputed": disputed,
    }


def _meant(p: Parsed, part: Token, but: Collection[str | None] = ()) -> str | None:
    """As in "the country", "there": the country named last before it, here or in the sentence before; none of `but`."""
    pointers = ("the", "that", "those", "this", "these", "its", "their")
    definite = part.lower_ == "there" or any(
        c.lower_ in pointers or c.lemma_ in ("country", "nation") for c in part.children
    )
    if (
        not definite
        or part.pos_ == "PROPN"
        or (part.lemma_.lower() not in POINTING and part.lower_ not in ("south", "north"))
    ):
        return None
    before = [
        m.country for m in p.places if m.end <= part.idx and m.country not in (None, *but) and m.kind != "demonym"
    ]
    if before:
        return before[-1]
    if part.lemma_ in ("country", "nation") or any(c.lemma_ in ("country", "nation") for c in part.children):
        states = [
            m.code[:3] for m in p.actors if m.end <= part.idx and m.code and m.code[:3] not in ("IGO", "---", *but)
        ]
        if states:
            return states[-1]
    left = {
        m.country for m in p.left_places if m.country not in (None, *but) and LED_TO.search(p.sentence.left[: m.start])
    }
    left = left or {m.country for m in p.left_places if m.country not in (None, *but)}
    return left.pop() if len(left) == 1 else None


def elsewhere(p: Parsed, place: Place, owners: set[str | None]) -> Place:
    """A force does not leave "the country" for abroad from its own: the place meant is another."""
    token = next((t for t in p.tokens(place["start"], place["end"]) if t.lemma_.lower() in POINTING), None)
    if token is None or place["country"] not in owners or place["geonameid"] is not None:
        return place
    return {**place, "country": _meant(p, token, owners)}


def named_before(p: Parsed, token: Token, owners: set[str | None]) -> list[Place]:
    """The one country that the sentence names before a withdrawal that has no place of its own."""
    found = {
        m.country: m
        for m in p.places
        if m.end <= token.idx
        and m.kind == "country"
        and m.country
        and m.country not in owners
        and p.text[m.end : m.end + 1] not in ("'", "\u2019", "-")
    }
    return (
        [_place(Span(m.start, m.end, m.text), m.country, m.geonameid, "from", m.disputed) for m in found.values()]
        if len(found) == 1
        else []
    )
