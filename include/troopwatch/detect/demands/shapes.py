"""Where addressee and content of a demand stand, for each kind of verb that asks."""

from spacy.tokens import Token

from troopwatch.detect import lexicon
from troopwatch.detect.demands import pieces
from troopwatch.detect.demands.deadlines import of_giving
from troopwatch.detect.demands.given import GIVEN, LEAVING
from troopwatch.detect.demands.pieces import (  # fmt: skip
    NONE,
    Shape,
    clause_span,
    complement,
    inner_subject,
    thing_span,
)
from troopwatch.detect.demands.wants import wanted
from troopwatch.detect.reading.trees import child, children, pobj, preps
from troopwatch.detect.reading.wordset import words


def _object(verb: Token) -> Shape:
    """As in "urge X to do", "urge X for Y", "urge a ceasefire"."""
    clause, thing = complement(verb), child(verb, "dobj", "dative")
    if thing is not None and (thing.lemma_.lower() in lexicon.terms("demand", "nouns") or thing.lemma_ == "question"):
        return NONE
    if verb.lemma_ == "want":
        return wanted(verb, clause, thing)
    if clause is not None and _asks(clause):
        return _object_clause(verb, clause, thing)
    if thing is not None and clause is None:
        return _object_thing(verb, thing)
    forward = next((c for c in preps(verb, "for", "on") if pobj(c) is not None), None) if clause is None else None
    if forward is not None and thing is None:
        asked = pobj(forward)
        return (_asked_of(verb, asked) if asked is not None else None), thing_span(forward), False
    return None, thing_span(thing) if thing is not None else None, False


def _object_clause(verb: Token, clause: Token, thing: Token | None) -> Shape:
    """The asked-for act; "asked to leave", without an object, is a wish of one's own."""
    own = verb.lemma_ in ("ask", "beg") and _is_active(verb) and thing is None and inner_subject(clause) is None
    if own or _is_told_of_another(verb, clause):
        return NONE
    that = any(c.lower_ == "that" for c in children(clause, "mark"))
    suffers = child(clause, "auxpass") is not None and clause.dep_ != "xcomp"
    return (None if suffers else thing or inner_subject(clause)), clause_span(clause, whole=that or suffers), True


def _is_active(verb: Token) -> bool:
    """As in "have asked": not "was asked"."""
    perfect = any(c.lemma_ == "have" for c in children(verb, "aux")) and child(verb, "auxpass") is None
    return verb.tag_ != "VBN" or perfect


def _is_told_of_another(verb: Token, clause: Token) -> bool:
    """As in "told parliament that Russia must go": who is told has nothing to do; the modal is the demand."""
    inner = inner_subject(clause)
    duty = any(c.lemma_.lower() in ("must", "should") for c in children(clause, "aux"))
    return verb.lemma_ in TELLING and duty and inner is not None and inner.pos_ != "PRON"


TELLING = ("tell", "warn")


def _object_thing(verb: Token, thing: Token) -> Shape:
    inner = child(thing, "acl", "relcl")
    if inner is not None and inner.tag_ == "VB":
        return thing, clause_span(inner, whole=False), True
    forward = next((c for c in preps(verb, "for", "on", "against", "into") if c.head == verb), None)
    misread = next((c for c in preps(verb, "to") if c.tag_ == "TO" and c.i > thing.i), None)
    forward = forward or misread  # "urge X to spare Y", with "spare" taken for an adjective
    if forward is None and verb.lemma_ == "ask":
        return NONE  # a question
    return (thing, thing_span(forward), False) if forward is not None else (None, thing_span(thing), False)


def _asks(clause: Token) -> bool:
    """An infinitive, a subjunctive or a modal of duty: what is told as a fact is not asked for."""
    return (clause.tag_ == "VB" and not any(c.tag_ == "MD" for c in children(clause, "aux"))) or any(
        c.lemma_.lower() in ("must", "should") for c in children(clause, "aux")
    )


def _of(verb: Token) -> Shape:
    """As in "demand Y of X", "demand that X do", "Y, which he had demanded"."""
    thing = child(verb, "dobj")
    clause = complement(verb)
    if verb.lemma_ == "seek" and not _is_sought_of_others(verb, thing):
        return NONE
    if verb.dep_ == "relcl" and clause is None and (thing is None or thing.tag_ in RELATIVE):
        who = child(verb, "nsubj")
        own = who is not None and who.tag_ not in RELATIVE
        return (None, _thing_span_without(verb.head, verb), False) if own else NONE
    if thing is not None and (clause is None or (clause.i > thing.i and clause.dep_ in ("advcl", "conj"))):
        return _asked_of(verb, thing), thing_span(thing), False
    if clause is not None:
        subject_ = inner_subject(clause)
        addressee = None if subject_ is not None and subject_.dep_ == "nsubjpass" else subject_
        return addressee, clause_span(clause, whole=True), True
    return None, _bare_thing(verb), False


RELATIVE = ("WDT", "WP", "WP$")


def _bare_thing(verb: Token) -> tuple[int, int] | None:
    """What is asked where there is neither object nor clause: "Y was demanded", "the Y demanded by X"."""
    passive = child(verb, "nsubjpass")
    if passive is not None:
        return thing_span(passive)
    if verb.dep_ == "acl" and verb.tag_ == "VBN":
        return _thing_span_without(verb.head, verb)
    return next((thing_span(prep) for prep in preps(verb, "for", "to")), None)


def _is_sought_of_others(verb: Token, thing: Token | None) -> bool:
    """As in "sought the release of": what only another can give."""
    thing = verb.head if thing is None and verb.dep_ in ("relcl", "acl") else thing or child(verb, "nsubjpass")
    if thing is None:
        return False
    if thing.tag_ in ("WDT", "WP"):
        thing = verb.head
    return thing.lemma_.lower() in GIVEN or _asked_of(verb, thing) is not None


def _asked_of(verb: Token, thing: Token) -> Token | None:
    """Of whom a thing is demanded: "demand an answer of the ministry", "demand from Iran that ..."."""
    leads = ("of",) if thing.lemma_.lower() in LEAVING else ("of", "from")
    beside = next((pobj(c) for c in preps(verb, *leads)), None)
    if beside is not None or "from" not in leads:
        return beside
    return next((pobj(t) for t in thing.subtree if t.lower_ == "from" and t.dep_ == "prep"), None)


def _thing_span_without(thing: Token, branch: Token) -> tuple[int, int]:
    return pieces.trimmed(thing, thing.left_edge.i, max(thing.i, branch.left_edge.i - 1))


def _on(verb: Token) -> Shape:
    """As in "call on X to do / for Y", "call for Y", "call for X to do"."""
    if verb.lemma_ == "call" and verb.i + 1 < len(verb.doc) and verb.nbor(1).lower_ in PARTICLES:
        return NONE
    addressee = next(
        (t for c in preps(verb, "on", "upon") if c.i > verb.i and (t := pobj(c)) and not pieces.is_day(t)), None
    )
    clause = complement(verb)
    if (
        addressee is None
        and clause is not None
        and any(pobj(c) is None and c.i == verb.i + 1 for c in preps(verb, "on"))
    ):
        addressee = child(verb, "dobj")  # "called on President X to", with the "on" read as a particle
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


PARTICLES = ("in", "up", "off", "out", "back", "over", "round", "around", "home")
"""Behind "call" they make it another verb: "called in for a protest"."""


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
    if {"guilty", "innocent"} & {t.lower_ for t in verb.doc[verb.i + 1 : verb.i + 3]}:
        return NONE
    if clause is None and addressee is not None:
        clause = next((c for c in children(addressee, "acl", "relcl") if c.tag_ == "VB"), None)
    if clause is not None:
        return addressee or inner_subject(clause), clause_span(clause, whole=False), True
    forward = next((c for c in preps(verb, "for") if pobj(c) is not None), None)
    return (addressee, thing_span(forward), False) if forward is not None else NONE


def _for(verb: Token) -> Shape:
    """As in "push for Y", "push for X to do", "push X to do"."""
    aside = next((c for c in children(verb, "advcl", "ccomp", "xcomp") if _has_for_mark(c, verb)), None)
    if preps(verb, "toward", "towards", "into", "through", "across", "past"):
        return NONE  # who pushes towards a place marches
    if aside is not None:
        return inner_subject(aside), clause_span(aside, whole=True), True
    forward = next((c for c in preps(verb, "for") if pobj(c) is not None), None)
    if forward is not None:
        return _call_for(forward, complement(verb))
    clause, thing = complement(verb), child(verb, "dobj")
    if clause is not None and thing is not None and verb.lemma_ not in PROTESTING:
        return thing, clause_span(clause, whole=False), True
    return NONE


PROTESTING = words("rally march demonstrate protest chant shout strike picket campaign agitate clamour clamor")


def _has_for_mark(clause: Token, verb: Token) -> bool:
    return clause.i > verb.i and clause.tag_ == "VB" and any(c.lower_ == "for" for c in children(clause, "mark"))


def _clause(verb: Token) -> Shape:
    """As in "insist that X must do", "insist on Y": an assertion is no demand."""
    clause = complement(verb)
    if clause is not None:
        directive = any(c.lemma_.lower() in ("must", "should") for c in children(clause, "aux"))
        subjunctive = not children(clause, "aux") and (clause.tag_ == "VB" or _is_bare(clause))
        timely = any(c.lemma_ == "time" for c in clause.children)
        if directive or subjunctive or timely or (clause.lemma_ in ("need", "have") and children(clause, "xcomp")):
            return pieces.inner_addressee(clause), clause_span(clause, whole=True), True
        return NONE
    on = next((c for c in preps(verb, "on", "upon")), None)
    thing = pobj(on) if on is not None else None
    if thing is None or thing.tag_ == "VBG":
        return NONE
    return None, thing_span(thing), False


def _is_bare(clause: Token) -> bool:
    """As in "insists that Serbia deliver", "that the fighters leave": an act of another, not told as a fact."""
    inner = inner_subject(clause) if clause.tag_ == "VBP" else None
    if inner is None or inner.pos_ == "PRON":
        return False
    return inner.tag_ in ("NN", "NNP") or clause.lemma_.lower() in lexicon.terms("demand", "imperatives") - {"be"}


SHAPES = {"object": _object, "of": _of, "on": _on, "to": _to, "for": _for, "clause": _clause, "limit": of_giving}
"""By the lexicon's frame."""
