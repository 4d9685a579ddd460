"""How many: the number that belongs to a force, and what it counts."""

import re

from spacy.tokens import Token

from troopwatch.detect import lexicon
from troopwatch.detect.lexicon import Entry
from troopwatch.detect.reading.counts import Count
from troopwatch.detect.reading.parsed import Parsed, Span
from troopwatch.detect.reading.wordset import words

BETWEEN = words("ADJ NOUN PROPN DET PRON PART NUM ADV ADP CCONJ PUNCT VERB")
"""Parts of speech that may stand between a count and the noun that it counts."""


def of_force(p: Parsed, token: Token, head: Token, entry: Entry, span: Span) -> tuple[Count | None, str | None]:
    """The number that counts this force, and what it counts."""
    unit = str(entry["counts"])
    if head != token and head.like_num and head.lower_ not in ("hundred", "thousand", "dozen", "half", "million"):
        own = [c for c in p.counts if c.bare[0] <= head.idx < c.bare[1]]
        if own and token.i - head.i > 1 and any(t.tag_ in ("PRP$", "DT", "POS") for t in p.doc[head.i + 1 : token.i]):
            return own[0], unit
    before = [c for c in p.counts if c.bare[1] <= token.idx + 1 and _counts(p, c, token)]
    if before:
        count = before[-1]
        bundle = head.lemma_.lower() if head != token else entry["term"]
        unit = _persons_or(unit, bundle, p.text[count.start : count.end])
        return count, unit
    for c in p.counts:
        if c.start >= token.idx and re.fullmatch(
            r"(?: numbering| of|,? numbering) ", p.text[token.idx + len(token) : c.start]
        ):
            return c, "persons"
    return _singular_unit(p, token, head, entry)


def _persons_or(unit: str, bundle: str, words: str) -> str:
    if bundle in ("force", "contingent") or words.endswith("strong"):
        return "persons"
    return unit


def _counts(p: Parsed, count: Count, token: Token) -> bool:
    """Whether only words of one noun phrase stand between the number and the force."""
    if count.bare[1] > token.idx:
        return False
    between = [t for t in p.doc if t.idx >= count.bare[1] and t.i < token.i]
    if len(between) > 8:
        return False
    for t in between:
        if not any(c.isalnum() for c in t.text) and t.text not in (".", ";", ":", "(", ")"):
            continue
        if (
            t.pos_ not in BETWEEN
            or (t.pos_ == "ADP" and t.lower_ != "of")
            or (t.pos_ == "PUNCT" and t.text not in ("-", ",", '"'))
        ):
            return False
        if (t.pos_ == "VERB" and t.dep_ not in ("amod", "compound")) or (
            t.pos_ in ("NOUN", "CCONJ") and not _inside(t, token)
        ):
            return False
    return True


def _inside(t: Token, token: Token) -> bool:
    """Whether a word belongs to the phrase of the force or bundles it."""
    return (
        t.dep_ == "cc"
        or token.is_ancestor(t)
        or (t.is_ancestor(token) and t.lemma_ in lexicon.terms("forces", "bundles"))
    )


UNCOUNTED = words(
    "system shield fleet contingent presence formation military army navy artillery cavalry equipment weaponry"
)


def _singular_unit(p: Parsed, token: Token, head: Token, entry: Entry) -> tuple[Count | None, str | None]:
    """As in "an F-15 squadron": one, by ruling 12."""
    article = next((c for c in token.children if c.lower_ in ("a", "an") and c.dep_ == "det"), None)
    counted = entry["counts"] in ("ships", "aircraft", "vehicles", "units") and entry["type"] != "militia_volunteers"
    if article is None or not counted or head != token or token.tag_ == "NNS" or entry["term"] in UNCOUNTED:
        return None, None
    start, end = article.idx, article.idx + len(article)
    return Count(start, end, 1, 1, False, (start, end)), str(entry["counts"])
