"""Armed forces in a sentence: noun phrases whose head is a force, and what they say of kind, size and nation."""

import re
from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Token

from troopwatch.detect import lexicon
from troopwatch.detect.deployments import force_counts
from troopwatch.detect.lexicon import Entry
from troopwatch.detect.reading.counts import Count
from troopwatch.detect.reading.parsed import Parsed, Span
from troopwatch.detect.reading.trees import children, conjuncts, phrase, pobj, preps


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
        if entry is None:
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
    entry = _entry(token) if token.pos_ in ("NOUN", "PROPN", "ADJ", "X", "NUM") else None
    if entry is None:
        return None
    if entry["need"] == "never" or _is_modifier(p, token) or _is_figure(p, token, entry):
        p.drop(token, "forces: never a force, a word before another noun, or a figure of speech")
        return None
    words = _words_before(p, token)
    if any(w in lexicon.terms("forces", "not_forces") for w in words):
        p.drop(token, "forces: one of `not_forces` stands before it")
        return None
    if (
        token.dep_ == "conj"
        and entry["counts"] == "persons"
        and entry["need"] == "military"
        and entry_of(p, token.head)
    ):
        return entry
    if _is_enough(p, token, entry, words):
        return entry
    p.drop(token, f"forces: its entry needs {entry['need']}: a nation or a military word that is not there")
    return None


@lru_cache(maxsize=1)
def _modifiers() -> dict[str, Entry]:
    return {term.lower(): e for term, e in lexicon.by_term("forces", "modifiers").items()}


def _entry(token: Token) -> Entry | None:
    nouns = lexicon.by_term("forces", "nouns")
    if token.text.rstrip("s") in ("Marine", "Patriot", "THAAD", "GI"):
        return nouns[token.text.rstrip("s")] if token.text.rstrip("s") != "Marine" else nouns["marine"]
    lemma = token.lemma_.lower()
    two = f"{token.nbor(-1).lower_} {lemma}" if token.i else lemma
    entry = nouns.get(two) or nouns.get(lemma) or nouns.get(_singular(token.lower_))
    return None if entry is None or entry.get("capital") else entry


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
    words = [t.lower_.replace("_", "-") for t in p.doc[first : token.i]]
    return [part for w in words for part in ([w] if w in _modifiers() else w.split("-"))]


def _is_enough(p: Parsed, token: Token, entry: Entry, words: list[str]) -> bool:
    modifiers = _modifiers()
    military = [modifiers[w] for w in words if w in modifiers]
    if entry["need"] == "none" or any(not m.get("weak") or entry["term"] == "guard" for m in military):
        return True
    span = p.span(*phrase(token))
    nation = any(m.end <= token.idx + len(token) for m in p.actors_in(span) if m.form != "modifier")
    nation = nation or any(c.dep_ == "poss" for c in token.children)
    if entry["need"] == "military":
        counted = any(c.start >= span.start and c.end <= token.idx for c in p.counts)
        return (bool(military) and nation) or (
            nation and counted and token.lemma_ in ("unit", "personnel", "ship", "vessel")
        )
    if entry["term"] == "force" and token.tag_ == "NNS" and _is_moved(token):
        return True
    if entry["type"] == "equipment_only" and _is_deployed(token):
        return True
    source = any(prep.lower_ in ("of", "from") and _is_actor(p, pobj(prep)) for prep in preps(token))
    counted = bool(military) or (
        any(c.start >= span.start and c.end <= token.idx for c in p.counts) and token.lemma_ != "fighter"
    )
    return nation or source or counted or _definite_military(token)


def _is_moved(token: Token) -> bool:
    """Bare "forces" that are massed, sent or withdrawn."""
    over = token.head.head if token.dep_ == "pobj" else token.head
    moves = lexicon.terms("deployment", "verbs") | lexicon.terms("deployment", "nouns")
    return token.dep_ in ("dobj", "pobj", "nsubjpass") and over.lemma_.lower() in moves - {
        "have",
        "be",
        "use",
        "bring",
        "add",
        "provide",
    }


def _is_deployed(token: Token) -> bool:
    """As in "deployed missiles": a verb that is used of one's own weapons only; what is sent may be given away."""
    over = token.head.head if token.dep_ == "pobj" and token.head.lower_ == "of" else token.head
    return token.dep_ in ("dobj", "pobj", "nsubjpass") and over.lemma_.lower() in (
        "deploy",
        "deployment",
        "station",
        "redeploy",
    )


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
    span = p.span(first, last)
    unit_type = _unit_type(p, token, entry)
    count, unit = force_counts.of_force(p, token, head, entry, span)
    if count and count.start < span.start:
        span = Span(count.start, span.end, p.text[count.start : span.end])
    return Force(token, head, span, entry, unit_type, count, unit, partners)


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


def _unit_type(p: Parsed, token: Token, entry: Entry) -> str:
    words = _words_before(p, token)
    if "special" in words and entry["term"] in ("force", "troop", "unit", "personnel"):
        return "special_forces"
    span = p.span(*phrase(token))
    if _is_peace_mission(p, token) or any(w.startswith(("peacekeep", "peace-keep")) for w in words):
        return "peacekeepers"
    if re.search(r"\bwagner\b", span.text, re.I):
        return "mercenaries"
    if entry["type"] in ("unspecified", "equipment_only", "air_defence_missile") or entry["counts"] in (
        "units",
        "vehicles",
    ):
        modifiers = _modifiers()
        for word in reversed(words):
            kind = modifiers.get(word, {}).get("type")
            if kind and not (entry["type"] == "air_defence_missile" and kind == "equipment_only"):
                return str(kind)
    return str(entry["type"])


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
