"""The pieces that demands are read in: the frame, and the stretches of words that say what is asked for."""

from dataclasses import dataclass

from spacy.tokens import Token

from troopwatch.detect import lexicon
from troopwatch.detect.lexicon import Entry
from troopwatch.detect.reading.trees import SUBJECTS, child, children, subtree
from troopwatch.detect.reading.wordset import words


@dataclass(frozen=True)
class Frame:
    """A demand as the tree shows it; `content` is its first and last token."""

    trigger: Token
    strength: str
    form: str
    entry: Entry
    demander: Token | None
    addressee: Token | None
    content: tuple[int, int] | None
    answer: str = "none"
    responder: Token | None = None
    clause: bool = False
    """Whether the content is a clause with an act, not only a thing."""


Shape = tuple[Token | None, tuple[int, int] | None, bool]


def complement(verb: Token) -> Token | None:
    """The clause that a verb asks for: "to ...", "that ..."."""
    for c in children(verb, "xcomp", "ccomp", "advcl", "acl", "dep"):
        mistagged = c.dep_ == "ccomp" and bool(children(c, "mark"))
        if c.i < verb.i or (c.pos_ not in ("VERB", "AUX") and not mistagged):
            continue
        infinitive = any(k.lower_ == "to" and k.dep_ == "aux" for k in c.children)
        if (infinitive and c.tag_ == "VB") or (c.dep_ == "ccomp" and c.tag_ != "VBG" and not _is_speech(c)):
            return c
    return None


DAYS = words(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december eve day morning evening night weekend anniversary"
)


def is_day(token: Token) -> bool:
    """Whether a word only says when: "on Sunday called for ..."."""
    return token.lower_ in DAYS


def _is_speech(clause: Token) -> bool:
    return lexicon.by_term("status", "over").get(clause.lemma_, {}).get("effect") == "report" and not children(
        clause, "mark", "aux"
    )


def clause_span(clause: Token, *, whole: bool) -> tuple[int, int]:
    first, last = subtree(clause, skip=() if whole else (*SUBJECTS,))
    last = max([last, *(c.right_edge.i for c in children(clause, "conj"))])
    return trimmed(clause, first, last)


def trimmed(token: Token, first: int, last: int) -> tuple[int, int]:
    doc = token.doc
    while last > first and (doc[last].is_punct or doc[last].is_space) and doc[last].text not in (")", '"'):
        last -= 1
    while first < last and doc[first].text in (",", '"', "'", "-", ":"):
        first += 1
    return first, last


ENDING = ("halt", "end", "stop", "return", "access", "changes", "cuts", "limits", "resistance")


def thing_span(thing: Token, prep: Token | None = None) -> tuple[int, int]:
    first, last = subtree(thing)
    beyond = thing.doc[last + 1] if last + 1 < len(thing.doc) else None
    if beyond is not None and last == thing.i and thing.lemma_.lower() in ENDING and beyond.lower_ == "to":
        last = beyond.right_edge.i  # a headline's "Call for Halt to ..."
    return trimmed(thing, min(first, prep.i) if prep is not None else first, last)


def inner_subject(clause: Token) -> Token | None:
    found = child(clause, "nsubj", "nsubjpass")
    return found or (child(clause, "compound") if clause.pos_ == "NOUN" else None)


NONE: Shape = (None, None, False)


def inner_addressee(clause: Token) -> Token | None:
    """As in "it is time for X to do": X; else the subject of the clause."""
    for c in clause.subtree:
        if c.dep_ == "nsubj" and c.head.tag_ == "VB" and c.head != clause:
            return c
    return child(clause, "nsubj")
