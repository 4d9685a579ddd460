"""Where addressee and content of a demand stand, for each kind of verb that asks."""

from dataclasses import dataclass

from spacy.tokens import Token

from troopwatch.detect import lexicon
from troopwatch.detect.lexicon import Entry
from troopwatch.detect.reading.trees import SUBJECTS, child, children, pobj, preps, subtree
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


def thing_span(thing: Token, prep: Token | None = None) -> tuple[int, int]:
    first, last = subtree(thing)
    return trimmed(thing, min(first, prep.i) if prep is not None else first, last)


def inner_subject(clause: Token) -> Token | None:
    found = child(clause, "nsubj", "nsubjpass")
    return found or (child(clause, "compound") if clause.pos_ == "NOUN" else None)


NONE: Shape = (None, None, False)


def _object(verb: Token) -> Shape:
    """As in "urge X to do", "urge X for Y", "urge a ceasefire"."""
    clause, thing = complement(verb), child(verb, "dobj", "dative")
    if thing is not None and (thing.lemma_.lower() in lexicon.terms("demand", "nouns") or thing.lemma_ == "question"):
        return NONE
    if verb.lemma_ == "want":
        return _want(verb, clause, thing)
    if clause is not None and _asks(clause):
        return _object_clause(verb, clause, thing)
    if thing is not None and clause is None:
        return _object_thing(verb, thing)
    forward = next((c for c in preps(verb, "for", "on") if pobj(c) is not None), None) if clause is None else None
    span = thing_span(thing) if thing is not None else thing_span(forward) if forward is not None else None
    return None, span, False


def _object_clause(verb: Token, clause: Token, thing: Token | None) -> Shape:
    """The asked-for act; "asked to leave", without an object, is a wish of one's own."""
    own = verb.lemma_ in ("ask", "beg") and verb.tag_ != "VBN" and thing is None and inner_subject(clause) is None
    if own:
        return NONE
    that = any(c.lower_ == "that" for c in children(clause, "mark"))
    return thing or inner_subject(clause), clause_span(clause, whole=that), True


def _object_thing(verb: Token, thing: Token) -> Shape:
    inner = child(thing, "acl", "relcl")
    if inner is not None and inner.tag_ == "VB":
        return thing, clause_span(inner, whole=False), True
    forward = next((c for c in preps(verb, "for", "on") if c.head == verb), None)
    return (thing, thing_span(forward), False) if forward is not None else (None, thing_span(thing), False)


def _asks(clause: Token) -> bool:
    """An infinitive, a subjunctive or a modal of duty: what is told as a fact is not asked for."""
    return (clause.tag_ == "VB" and not any(c.tag_ == "MD" for c in children(clause, "aux"))) or any(
        c.lemma_.lower() in ("must", "should") for c in children(clause, "aux")
    )


def _want(verb: Token, clause: Token | None, thing: Token | None) -> Shape:
    """As in "want X to do", "want the troops out": to want to do something oneself is no demand."""
    out = next((t for t in verb.doc[verb.i + 1 : verb.i + 8] if t.lower_ in ("out", "home", "gone")), None)
    if out is not None and verb.nbor(1).lower_ in ("its", "their", "our", "his", "her", "my"):
        return NONE
    if (
        out is not None
        and out.nbor(-1).pos_ in ("NOUN", "PROPN")
        and not any(t.pos_ == "VERB" for t in verb.doc[verb.i + 1 : out.i])
    ):
        return None, (verb.i + 1, out.i), True
    inner = thing or (inner_subject(clause) if clause is not None else None)
    if clause is None or inner is None or clause.tag_ != "VB":
        return NONE
    return inner, clause_span(clause, whole=False), True


def _of(verb: Token) -> Shape:
    """As in "demand Y of X", "demand that X do"."""
    thing = child(verb, "dobj")
    clause = complement(verb)
    if thing is not None and (clause is None or (clause.i > thing.i and clause.dep_ in ("advcl", "conj"))):
        return _asked_of(verb, thing), thing_span(thing), False
    if clause is not None:
        subject_ = inner_subject(clause)
        addressee = None if subject_ is not None and subject_.dep_ == "nsubjpass" else subject_
        return addressee, clause_span(clause, whole=True), True
    passive = child(verb, "nsubjpass")
    if passive is not None:
        return None, thing_span(passive), False
    if verb.dep_ == "acl" and verb.tag_ == "VBN":
        return None, _thing_span_without(verb.head, verb), False
    for prep in preps(verb, "for", "to"):
        return None, thing_span(prep), False
    return NONE


LEAVING = words("withdrawal removal pullout pullback departure retreat exit evacuation")
"""Nouns after which "from" names the place that is left, and nobody who is asked."""


def _asked_of(verb: Token, thing: Token) -> Token | None:
    """Of whom a thing is demanded: "demand an answer of the ministry", "demand from Iran that ..."."""
    leads = ("of",) if thing.lemma_.lower() in LEAVING else ("of", "from")
    beside = next((pobj(c) for c in preps(verb, *leads)), None)
    if beside is not None or "from" not in leads:
        return beside
    return next((pobj(t) for t in thing.subtree if t.lower_ == "from" and t.dep_ == "prep"), None)


def _thing_span_without(thing: Token, branch: Token) -> tuple[int, int]:
    return trimmed(thing, thing.left_edge.i, max(thing.i, branch.left_edge.i - 1))


def _on(verb: Token) -> Shape:
    """As in "call on X to do / for Y", "call for Y", "call for X to do"."""
    addressee = next((pobj(c) for c in preps(verb, "on", "upon")), None)
    clause = complement(verb)
    forward = next((c for c in preps(verb, "for") if pobj(c) is not None and c.i - verb.i < 4), None)
    if addressee is not None:
        inner = clause or next((c for c in children(addressee, "acl", "relcl", "advcl") if c.tag_ == "VB"), None)
        if inner is not None:
            return addressee, clause_span(inner, whole=False), True
        return (addressee, thing_span(forward), False) if forward is not None else NONE
    if child(verb, "dobj") is not None:
        return NONE
    if clause is not None and any(c.lower_ == "for" for c in clause.children):
        return inner_subject(clause), clause_span(clause, whole=True), True
    return _call_for(forward, clause) if forward is not None else NONE


def _call_for(forward: Token, clause: Token | None) -> Shape:
    thing = pobj(forward)
    act = clause or (child(thing, "acl", "relcl") if thing is not None else None)
    if act is not None and act.tag_ == "VB" and thing is not None:
        first, last = clause_span(act, whole=True)
        return thing, (min(forward.i + 1, first), last), True
    return None, thing_span(forward), False


def _to(verb: Token) -> Shape:
    """As in "appeal to X to do / for Y", "appeal for Y"."""
    addressee = next((pobj(c) for c in preps(verb, "to", "with")), None)
    clause = complement(verb)
    if clause is None and addressee is not None:
        clause = next((c for c in children(addressee, "acl", "relcl") if c.tag_ == "VB"), None)
    if clause is not None:
        return addressee or inner_subject(clause), clause_span(clause, whole=False), True
    forward = next((c for c in preps(verb, "for") if pobj(c) is not None), None)
    return (addressee, thing_span(forward), False) if forward is not None else NONE


def _for(verb: Token) -> Shape:
    """As in "push for Y", "push X to do"."""
    forward = next((c for c in preps(verb, "for") if pobj(c) is not None), None)
    if forward is not None:
        return None, thing_span(forward), False
    clause, thing = complement(verb), child(verb, "dobj")
    if clause is not None and thing is not None and verb.lemma_ != "rally":
        return thing, clause_span(clause, whole=False), True
    return NONE


def _clause(verb: Token) -> Shape:
    """As in "insist that X must do", "insist on Y": an assertion is no demand."""
    clause = complement(verb)
    if clause is not None:
        directive = any(c.lemma_.lower() in ("must", "should") for c in children(clause, "aux"))
        subjunctive = clause.tag_ == "VB" and not children(clause, "aux")
        timely = any(c.lemma_ == "time" for c in clause.children)
        if directive or subjunctive or timely or (clause.lemma_ in ("need", "have") and children(clause, "xcomp")):
            return _inner_addressee(clause), clause_span(clause, whole=True), True
        return NONE
    on = next((c for c in preps(verb, "on", "upon")), None)
    thing = pobj(on) if on is not None else None
    if thing is None or thing.tag_ == "VBG":
        return NONE
    return None, thing_span(thing), False


def _inner_addressee(clause: Token) -> Token | None:
    """As in "it is time for X to do": X; else the subject of the clause."""
    for c in clause.subtree:
        if c.dep_ == "nsubj" and c.head.tag_ == "VB" and c.head != clause:
            return c
    return child(clause, "nsubj")


SHAPES = {"object": _object, "of": _of, "on": _on, "to": _to, "for": _for, "clause": _clause}
"""By the lexicon's frame."""
