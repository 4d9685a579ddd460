"""Which words stand for a force: those of the lexicon, where what they need stands by them."""

import re
from functools import lru_cache

from spacy.tokens import Token

from troopwatch.detect import lexicon
from troopwatch.detect.deployments import kinds
from troopwatch.detect.deployments.bundles import bundle
from troopwatch.detect.lexicon import Entry
from troopwatch.detect.reading.counts import Count
from troopwatch.detect.reading.parsed import Parsed
from troopwatch.detect.reading.trees import children, phrase, pobj, preps, top
from troopwatch.detect.reading.wordset import singular, words


def entry_of(p: Parsed, token: Token) -> Entry | None:
    """The dictionary entry of a word that stands for a force here; None where it stands for none."""
    entry = _entry(token) if token.pos_ in ("NOUN", "PROPN", "ADJ", "X", "NUM") else None
    if entry is None or (entry.get("plural") and token.tag_ not in ("NNS", "NNPS")):
        return None
    if entry["need"] == "never" or _carries(p, token) or _is_modifier(p, token) or _is_figure(p, token, entry):
        p.drop(token, "forces: never a force, a word before another noun, or a figure of speech")
        return None
    words = words_before(p, token)
    own = entry["term"].split()[:-1]
    if any(w in lexicon.terms("forces", "not_forces") for w in words if w not in own):
        p.drop(token, "forces: one of `not_forces` stands before it")
        return None
    if (
        token.dep_ == "conj"
        and entry["counts"] == "persons"
        and entry["need"] in ("military", "moved")
        and entry_of(p, token.head)
    ):
        return entry
    if _is_enough(p, token, entry, words):
        return entry
    p.drop(token, f"forces: its entry needs {entry['need']}: a nation or a military word that is not there")
    return None


def is_bundled(p: Parsed, token: Token) -> bool:
    """As "tanks" in "a battalion of tanks": told with the force that it is the stuff of."""
    over = token.head.head
    if token.dep_ != "pobj" or token.head.lower_ != "of" or over.i > token.i or over.lemma_ in CARRIERS:
        return False
    return entry_of(p, over) is not None


def _carries(p: Parsed, token: Token) -> bool:
    """As "convoy" in "a convoy of Dutch troops"."""
    of = [c for c in children(token, "prep") if c.lower_ == "of"] if token.lemma_ in CARRIERS else []
    return any(k.i > token.i and entry_of(p, k) for c in of for k in children(c, "pobj"))


CARRIERS = ("convoy", "column")
"""What is told as the force that it carries: "a convoy of Dutch troops"."""


def _entry(token: Token) -> Entry | None:
    named = kinds.by_name(token)
    if named is not None:
        return named
    nouns = lexicon.by_term("forces", "nouns")
    if token.pos_ == "PROPN" and (ship := kinds.named_ship(token)) is not None:
        return ship
    if token.text.rstrip("s") in ("Marine", "Patriot", "THAAD", "GI"):
        return nouns[token.text.rstrip("s")] if token.text.rstrip("s") != "Marine" else nouns["marine"]
    lemma = token.lemma_.lower()
    two = f"{token.nbor(-1).lower_} {lemma}" if token.i else lemma
    entry = nouns.get(two) or nouns.get(lemma) or nouns.get(singular(token.lower_))
    small = token.lower_ == "marines"
    return None if entry is None or (entry.get("capital") and not small) else entry


def _is_modifier(p: Parsed, token: Token) -> bool:
    """As in "troop" in "troop withdrawal" is read with its noun; "Army" in "Army Signal Service" is no force."""
    if token.dep_ in ("compound", "nmod", "amod", "poss") and token.head.i > token.i:
        lemma = token.head.lemma_.lower()
        if token.dep_ == "poss" and lemma not in lexicon.terms("deployment", "nouns"):
            return True
        return token.dep_ != "poss"
    return False


def words_before(p: Parsed, token: Token) -> list[str]:
    first, _ = phrase(token)
    words = p.text[p.doc[first].idx : token.idx].lower().split()
    bare = [w.strip("\"'\u2018\u2019\u201c\u201d(),") for w in words]
    return [part for w in bare for part in ([w] if w in kinds.modifiers() else w.split("-"))]


ORDINAL = re.compile(r"\d{1,3}(?:st|nd|rd|th|d)")
"""As in "the 82nd Airborne", "its 98th Division": no civil body is numbered so."""
ARMS = re.compile(
    r"\b(?:missions?|forces?|army|armies|military|troops|soldiers|brigade|battalion|bases?|front|NATO|allied|war)\b",
    re.I,
)
"""What makes engineers and doctors those of an army."""


def _is_enough(p: Parsed, token: Token, entry: Entry, words: list[str]) -> bool:
    modifiers = kinds.modifiers()
    military = [modifiers[w] for w in words if w in modifiers]
    if entry["need"] == "none" or any(not m.get("weak") or entry["term"] == "guard" for m in military):
        return True
    if entry["counts"] == "units" and any(ORDINAL.fullmatch(w) for w in words):
        return True
    if any(kinds.by_name(t) for t in p.doc[phrase(token)[0] : token.i]) or _is_made_of_forces(p, token, entry):
        return True
    span = p.span(*phrase(token))
    nation = any(m.end <= token.idx + len(token) for m in p.actors_in(span) if m.form != "modifier")
    nation = nation or any(c.dep_ == "poss" for c in token.children)
    if entry["need"] == "moved":
        owned = bool(entry.get("owned")) and (nation or _is_from(p, token))
        fits = not entry.get("context") or ARMS.search(p.text) is not None
        own_men = entry["term"] == "man" and nation and bool(counts_before(p, token, span.start))
        return bool(military) or owned or own_men or (fits and _is_moved_by_power(p, token))
    counted = bool(counts_before(p, token, span.start))
    if entry["need"] == "military":
        demonym = token.tag_ == "NNS" and any(m.form == "demonym" for m in p.actors_in(span))
        plain = token.lemma_ in ("unit", "personnel", "ship", "vessel") and counted
        plain = plain or (token.lemma_ == "unit" and (demonym or _is_moved(token)))
        plain = plain or (token.lemma_ == "column" and _is_going(token))
        return (nation and (bool(military) or plain)) or _is_named_ship(token)
    return _is_owned_or_known(
        p, token, entry, known=nation or bool(military) or (counted and token.lemma_ != "fighter")
    )


def counts_before(p: Parsed, token: Token, start: int) -> list[Count]:
    """The counts between the start of a phrase and its noun."""
    return [c for c in p.counts if c.start >= start and c.end <= token.idx]


def _is_going(token: Token) -> bool:
    """As in "the last Soviet column drove back"."""
    return token.dep_ == "nsubj" and token.head.lemma_.lower() in _moves() | set(ROLLING) | {"drive", "head"}


def _is_named_ship(token: Token) -> bool:
    """As in "the carrier George Washington"."""
    return token.lemma_.lower() == "carrier" and any(c.pos_ == "PROPN" for c in children(token, "appos"))


def _is_owned_or_known(p: Parsed, token: Token, entry: Entry, *, known: bool) -> bool:
    if known or _definite_military(token) or _is_from(p, token):
        return True
    if entry["term"] == "force" and token.tag_ == "NNS" and _is_moved(token):
        return True
    return bool(entry["type"] in ("equipment_only", "armour_artillery", "air") and _is_deployed(token))


def _is_from(p: Parsed, token: Token) -> bool:
    return any(prep.lower_ in ("of", "from") and is_actor(p, pobj(prep)) for prep in preps(token))


def _is_made_of_forces(p: Parsed, token: Token, entry: Entry) -> bool:
    """As in "a battery of rocket launchers", "two companies of desert troops"."""
    things = [pobj(c) for c in children(token, "prep") if c.lower_ == "of"]
    return entry["counts"] == "units" and any(t is not None and entry_of(p, t) is not None for t in things)


WEAK = words(
    "have be use see add join get take put set raise show direct introduce run spot sight track film photograph "
    "detect observe picture glimpse let allow admit accept permit expect report come turn scatter spread disperse "
    "follow head drive file trickle"
)


def _is_moved_by_power(p: Parsed, token: Token) -> bool:
    """As in "sent hundreds of fighters", "bring its men home": moved, where a state or an armed group is named."""
    head = bundle(token)
    named = any(m.code and m.form != "modifier" for m in (*p.actors, *p.left_actors))
    over = head.head.head if head.dep_ == "pobj" else head.head
    below = [c.lemma_.lower() for c in children(over, "xcomp", "ccomp") if head.dep_ == "dobj" and c.i > head.i]
    whose = any(c.dep_ == "poss" for c in token.children) or is_actor(p, token)
    if over.lemma_ == "have" and token.lemma_ in ("man", "fighter") and p.counts:
        return named and any(m.code and m.code[3:] in ("MIL", "REB", "UAF", "SEP") for m in p.actors)
    moved = head.dep_ in ("dobj", "pobj", "nsubjpass") or (head.dep_ == "nsubj" and whose)
    return named and moved and bool(_moves() & {over.lemma_.lower(), *below}) and not NOT_SERVING.search(p.text)


@lru_cache(maxsize=1)
def _moves() -> frozenset[str]:
    """Words that move a force: of what only is or acts somewhere nothing follows for bare "men" or "forces"."""
    still = ("stay", "occupy", "surround", "rotate")
    verbs = {str(e["term"]) for e in lexicon.entries("deployment", "verbs") if e["class"] not in still}
    return frozenset(verbs | lexicon.terms("deployment", "nouns")) - WEAK


NOT_SERVING = re.compile(r"\b(?:embass|consul|police|aid workers|company|firm|diplomat)", re.I)


def _is_moved(token: Token) -> bool:
    """Bare "forces" that are massed, sent or withdrawn."""
    if token.dep_ == "pobj" and token.head.lower_ not in ("of", "by", "with"):
        return False
    over = token.head.head if token.dep_ == "pobj" else token.head
    moves = _moves() - {"bring", "provide", "offer", "prepare", "lend", "back", "endorse", "approve"}
    return token.dep_ in ("dobj", "pobj", "nsubjpass") and over.lemma_.lower() in moves


OWN_WEAPONS = words(
    "deploy deployment station redeploy withdraw withdrawal pull pullback pull-back pullout pull-out remove removal "
    "move mass amass position emplace install park concentrate reposition"
)


ROLLING = words("roll enter surround ring rumble patrol line encircle advance pour stand trundle rattle move")
"""What tanks do, whoever's they are."""


def _is_deployed(token: Token) -> bool:
    """As in "deployed missiles": a verb that is used of one's own weapons only; what is sent may be given away."""
    over = token.head.head if token.dep_ == "pobj" and token.head.lower_ == "of" else token.head
    first = top(token)
    if first.dep_ == "nsubj" and token.tag_ == "NNS":
        return first.head.lemma_.lower() in ROLLING
    over = first.head if first != token else over
    return first.dep_ in ("dobj", "pobj", "nsubjpass") and over.lemma_.lower() in OWN_WEAPONS


def _definite_military(token: Token) -> bool:
    """As in "the army", "the military": the state's own, whichever it is."""
    return token.lemma_.lower() in ("army", "military", "navy") and any(c.lower_ == "the" for c in token.children)


def is_actor(p: Parsed, token: Token | None) -> bool:
    return token is not None and bool(p.actors_in(p.span(*phrase(token))))


def _is_figure(p: Parsed, token: Token, entry: Entry) -> bool:
    """An army of lobbyists, troops of fans: the of-phrase names neither a force, nor a nation, nor a place."""
    if entry["term"] not in lexicon.terms("forces", "figures"):
        return False
    for prep in children(token, "prep"):
        thing = pobj(prep) if prep.lower_ == "of" else None
        if thing is not None and not thing.like_num:
            span = p.span(*phrase(thing))
            return not (p.actors_in(span) or p.places_in(span) or entry_of(p, thing) or thing.pos_ == "PROPN")
    return False
