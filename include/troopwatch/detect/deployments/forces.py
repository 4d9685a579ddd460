"""Armed forces in a sentence: noun phrases whose head is a force, and what they say of kind, size and nation."""

import re
from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Token

from troopwatch.detect import lexicon
from troopwatch.detect.deployments import force_counts, kinds
from troopwatch.detect.lexicon import Entry
from troopwatch.detect.reading.counts import Count
from troopwatch.detect.reading.parsed import Parsed, Span
from troopwatch.detect.reading.trees import children, conjuncts, phrase, pobj, preps
from troopwatch.detect.reading.wordset import words


@dataclass(frozen=True)
class Force:
    """A force: `noun` is the word for it, `head` the head of its phrase ("thousands of soldiers": thousands)."""

    noun: Token
    head: Token
    span: Span
    entry: Entry
    unit_type: str
    count: Count | None
    count_unit: str | None
    others: tuple[Token, ...]
    """What it is coordinated with and shares a row with: "troops and tanks"."""


def find(p: Parsed) -> list[Force]:
    """The forces of a sentence, in order; coordinated ones are one, unless they are people of different kinds."""
    found: list[Force] = []
    taken: set[int] = set()
    for token in p.doc:
        entry = None if token.i in taken else entry_of(p, token)
        if entry is None or _is_bundled(p, token):
            continue
        partners = [t for t in conjuncts(token)[1:] if (e := entry_of(p, t)) and _shares_row(entry, e)]
        taken.update(t.i for t in partners)
        found.append(_force(p, token, entry, tuple(partners)))
    return found


def _shares_row(first: Entry, second: Entry) -> bool:
    both_people = first["counts"] == second["counts"] == "persons"
    return not both_people or first["type"] == second["type"] or "unspecified" in (first["type"], second["type"])


def entry_of(p: Parsed, token: Token) -> Entry | None:
    """The dictionary entry of a word that stands for a force here; None where it stands for none."""
    if token.pos_ not in ("NOUN", "PROPN", "ADJ", "X", "NUM"):
        return None
    entry = _entry(token)
    if entry is None or entry["need"] == "never" or _is_modifier(p, token) or _is_figure(p, token, entry):
        return None
    words = _words_before(p, token)
    own = entry["term"].split()[:-1]
    if any(w in lexicon.terms("forces", "not_forces") for w in words if w not in own):
        return None
    if (
        token.dep_ == "conj"
        and entry["counts"] == "persons"
        and entry["need"] == "military"
        and entry_of(p, token.head)
    ):
        return entry
    return entry if _is_enough(p, token, entry, words) else None


def _is_bundled(p: Parsed, token: Token) -> bool:
    """As "tanks" in "a battalion of tanks": told with the force that it is the stuff of."""
    over = token.head.head
    return token.dep_ == "pobj" and token.head.lower_ == "of" and over.i < token.i and entry_of(p, over) is not None


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
    entry = nouns.get(two) or nouns.get(lemma) or nouns.get(_singular(token.lower_))
    small = token.lower_ == "marines"
    return None if entry is None or (entry.get("capital") and not small) else entry


def _singular(word: str) -> str:
    if word.endswith("men"):
        return word[:-3] + "man"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _is_modifier(p: Parsed, token: Token) -> bool:
    """As in "troop" in "troop withdrawal" is read with its noun; "Army" in "Army Signal Service" is no force."""
    if token.dep_ in ("compound", "nmod", "amod", "poss") and token.head.i > token.i:
        lemma = token.head.lemma_.lower()
        if token.dep_ == "poss" and lemma not in lexicon.terms("deployment", "nouns"):
            return True
        return token.dep_ != "poss"
    return False


def _words_before(p: Parsed, token: Token) -> list[str]:
    first, _ = phrase(token)
    words = p.text[p.doc[first].idx : token.idx].lower().split()
    bare = [w.strip("\"'\u2018\u2019\u201c\u201d(),") for w in words]
    return [part for w in bare for part in ([w] if w in kinds.modifiers() else w.split("-"))]


def _is_enough(p: Parsed, token: Token, entry: Entry, words: list[str]) -> bool:
    modifiers = kinds.modifiers()
    military = [modifiers[w] for w in words if w in modifiers]
    if entry["need"] == "none" or any(not m.get("weak") or entry["term"] == "guard" for m in military):
        return True
    if any(kinds.by_name(t) for t in p.doc[phrase(token)[0] : token.i]) or _is_made_of_forces(p, token, entry):
        return True
    span = p.span(*phrase(token))
    nation = any(m.end <= token.idx + len(token) for m in p.actors_in(span) if m.form != "modifier")
    nation = nation or any(c.dep_ == "poss" for c in token.children)
    if entry["need"] == "moved":
        return bool(military) or _is_moved_by_power(p, token) or (bool(entry.get("owned")) and (nation or _is_from(p, token)))
    if entry["need"] == "military":
        counted = any(c.start >= span.start and c.end <= token.idx for c in p.counts)
        return (bool(military) and nation) or (
            nation and counted and token.lemma_ in ("unit", "personnel", "ship", "vessel")
        )
    if entry["term"] == "force" and token.tag_ == "NNS" and _is_moved(token):
        return True
    if entry["type"] == "equipment_only" and _is_deployed(token):
        return True
    counted = bool(military) or (
        any(c.start >= span.start and c.end <= token.idx for c in p.counts) and token.lemma_ != "fighter"
    )
    return nation or _is_from(p, token) or counted or _definite_military(token)


def _is_from(p: Parsed, token: Token) -> bool:
    return any(prep.lower_ in ("of", "from") and _is_actor(p, pobj(prep)) for prep in preps(token))


def _is_made_of_forces(p: Parsed, token: Token, entry: Entry) -> bool:
    """As in "a battery of rocket launchers", "two companies of desert troops"."""
    things = [pobj(c) for c in children(token, "prep") if c.lower_ == "of"]
    return entry["counts"] == "units" and any(t is not None and entry_of(p, t) is not None for t in things)


WEAK = words("have be use see add join back get take put set raise show direct introduce approve run")


def _is_moved_by_power(p: Parsed, token: Token) -> bool:
    """As in "sent hundreds of fighters", "bring its men home": moved, where a state or an armed group is named."""
    head = _bundle(token)
    named = any(m.code and m.form != "modifier" for m in (*p.actors, *p.left_actors))
    over = head.head.head if head.dep_ == "pobj" else head.head
    below = [c.lemma_.lower() for c in children(over, "xcomp", "ccomp") if head.dep_ == "dobj" and c.i > head.i]
    whose = any(c.dep_ == "poss" for c in token.children) or _is_actor(p, token)
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
    over = token.head.head if token.dep_ == "pobj" else token.head
    moves = _moves() - {"bring", "provide", "offer", "prepare", "lend"}
    return token.dep_ in ("dobj", "pobj", "nsubjpass") and over.lemma_.lower() in moves


def _is_deployed(token: Token) -> bool:
    """As in "deployed missiles": a verb that is used of one's own weapons only; what is sent may be given away."""
    over = token.head.head if token.dep_ == "pobj" and token.head.lower_ == "of" else token.head
    return token.dep_ in ("dobj", "pobj", "nsubjpass") and over.lemma_.lower() in ("deploy", "deployment", "station", "redeploy")


def _definite_military(token: Token) -> bool:
    """As in "the army", "the military": the state's own, whichever it is."""
    return token.lemma_.lower() in ("army", "military", "navy") and any(c.lower_ == "the" for c in token.children)


def _is_actor(p: Parsed, token: Token | None) -> bool:
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


def _force(p: Parsed, token: Token, entry: Entry, partners: tuple[Token, ...]) -> Force:
    head = _bundle(token)
    first, last = phrase(token)
    if head != token:
        first = phrase(head)[0]
    last = max([last, *(t.i for t in partners)])
    span = p.span(first, max(last, _last(p, token, last)))
    unit_type = kinds.unit_type(p, token, entry, _words_before(p, token))
    count, unit = force_counts.of_force(p, token, head, entry, span)
    if count and count.start < span.start:
        span = Span(count.start, span.end, p.text[count.start : span.end])
    return Force(token, head, span, entry, unit_type, count, unit, partners)


def _last(p: Parsed, token: Token, last: int) -> int:
    """The end of "soldiers from Nigeria and Senegal", "a regiment of T-90s": the phrase with whose or what they are."""
    for prep in children(token, "prep"):
        thing = pobj(prep) if prep.i == last + 1 else None
        if thing is None or any(c.dep_ in ("acl", "relcl", "prep") for c in thing.children):
            continue
        of_forces = prep.lower_ == "of" and entry_of(p, thing) is not None
        from_nation = prep.lower_ in ("from", "of") and token.dep_ in ("nsubj", "nsubjpass") and _is_actor(p, thing)
        if of_forces or from_nation:
            return max(t.right_edge.i if t == thing else t.i for t in conjuncts(thing))
    return last


def _bundle(token: Token) -> Token:
    """The head of "thousands of soldiers", "a contingent of 300 men": the noun over the force's own."""
    for _ in range(3):
        head = token.head
        if token.dep_ != "pobj" or head.head.pos_ not in ("NOUN", "NUM", "PROPN", "PRON", "DET", "ADJ"):
            break
        if head.lower_ != "of" and not (head.lower_ == "by" and head.head.lemma_ in ("mission", "operation")):
            break
        bundles = lexicon.terms("forces", "bundles")
        over = head.head
        if over.lemma_.lower() not in bundles and not over.like_num and _singular(over.lower_) not in bundles:
            break
        if over.lemma_.lower() == "deployment":
            break
        token = over
    return token
