"""The grammar of demands: for each verb or noun that asks, where demander, addressee and content stand in the tree."""

from dataclasses import dataclass

from spacy.tokens import Token

from troopwatch.detect import lexicon
from troopwatch.detect.lexicon import Entry
from troopwatch.detect.trees import SUBJECTS, above, child, children, pobj, preps, subject, subtree, top

LIGHT = frozenset("make issue renew repeat reiterate voice echo present deliver send raise press submit lodge launch give set lay "
                  "join lead support back drop withdraw reiterate".split())
"""Verbs whose subject makes the demand that is their object: "renewed its call"."""
ANSWERS = {"reject": "rejected", "refuse": "rejected", "dismiss": "rejected", "rebuff": "rejected", "resist": "rejected",
           "decline": "rejected", "ignore": "ignored", "defy": "rejected", "accept": "accepted", "meet": "accepted",
           "grant": "accepted", "heed": "accepted", "fulfil": "accepted", "fulfill": "accepted", "spurn": "rejected"}


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


def find(doc: list[Token]) -> list[Frame]:
    """The demands that verbs and nouns of a sentence put, in order."""
    found = [f for t in doc for f in (_of_verb(t) if t.pos_ in ("VERB", "AUX") else _of_noun(t))]
    return [f for f in found if f.content or f.trigger.lemma_ == "ultimatum"]


def _of_verb(verb: Token) -> list[Frame]:
    entry = lexicon.by_term("demand", "verbs").get(verb.lemma_.lower())
    if entry is None:
        return _of_noun(verb) if verb.lemma_ in ("call", "demand", "appeal") and verb.tag_ in ("NN", "NNS") else []
    passive = bool(children(verb, "nsubjpass", "auxpass")) or verb.tag_ == "VBN" and verb.dep_ in ("acl", "relcl") and not children(verb, "nsubj", "aux")
    shape = {"object": _object, "of": _of, "on": _on, "to": _to, "for": _for, "clause": _clause}[entry["frame"]]
    addressee, content, clause = shape(verb)
    if entry.get("clause_only") and not clause or content is None:
        return []
    demander = _agent(verb) if passive else _maker(subject(verb))
    if passive and addressee is None and entry["frame"] in ("object", "on"):
        addressee = child(verb, "nsubjpass") or (verb.head if verb.dep_ == "acl" else None)
    if demander is not None and addressee is not None and demander == addressee:
        demander = None
    return [Frame(verb, entry["strength"], "verb", entry, demander, addressee, content, clause=clause)]


def _maker(token: Token | None) -> Token | None:
    """"Labour's refusal to call": of an act that stands as subject, whose it is."""
    if token is not None and token.pos_ == "NOUN" and token.lemma_ in lexicon.terms("status", "over"):
        return child(token, "poss") or token
    return token


def _agent(verb: Token) -> Token | None:
    agent = child(verb, "agent") or next((c for c in preps(verb, "by")), None)
    return pobj(agent) if agent is not None else None


Shape = tuple[Token | None, tuple[int, int] | None, bool]


def _complement(verb: Token) -> Token | None:
    """The clause that a verb asks for: "to ...", "that ..."."""
    for c in children(verb, "xcomp", "ccomp", "advcl", "acl", "dep"):
        if c.i < verb.i or c.pos_ not in ("VERB", "AUX"):
            continue
        infinitive = any(k.lower_ == "to" and k.dep_ == "aux" for k in c.children)
        if infinitive and c.tag_ == "VB" or c.dep_ == "ccomp" and c.tag_ != "VBG" and not _is_speech(c):
            return c
    return None


def _is_speech(clause: Token) -> bool:
    return lexicon.by_term("status", "over").get(clause.lemma_, {}).get("effect") == "report" and not children(clause, "mark", "aux")


def _clause_span(clause: Token, *, whole: bool) -> tuple[int, int]:
    first, last = subtree(clause, skip=() if whole else (*SUBJECTS,))
    last = max([last, *(c.right_edge.i for c in children(clause, "conj"))])
    return _trimmed(clause, first, last)


def _trimmed(token: Token, first: int, last: int) -> tuple[int, int]:
    doc = token.doc
    while last > first and (doc[last].is_punct or doc[last].is_space) and doc[last].text not in (")", '"'):
        last -= 1
    while first < last and doc[first].text in (",", '"', "'", "-", ":"):
        first += 1
    return first, last


def _thing_span(thing: Token, prep: Token | None = None) -> tuple[int, int]:
    first, last = subtree(thing)
    return _trimmed(thing, min(first, prep.i) if prep is not None else first, last)


def _inner_subject(clause: Token) -> Token | None:
    return child(clause, "nsubj", "nsubjpass")


def _object(verb: Token) -> Shape:
    """"urge X to do", "urge X for Y", "urge a ceasefire"."""
    clause, thing = _complement(verb), child(verb, "dobj", "dative")
    if thing is not None and (thing.lemma_.lower() in lexicon.terms("demand", "nouns") or thing.lemma_ == "question"):
        return None, None, False
    if verb.lemma_ == "want":
        return _want(verb, clause, thing)
    if clause is not None:
        that = any(c.lower_ == "that" for c in children(clause, "mark"))
        return thing or _inner_subject(clause), _clause_span(clause, whole=that), True
    if thing is None:
        for prep in preps(verb, "for", "on"):
            if pobj(prep) is not None:
                return None, _thing_span(prep), False
        return None, None, False
    inner = child(thing, "acl", "relcl")
    if inner is not None and inner.tag_ == "VB":
        return thing, _clause_span(inner, whole=False), True
    for prep in preps(verb, "for", "over", "on", "out", "from"):
        if prep.lower_ in ("for", "on") and prep.head == verb:
            return thing, _thing_span(prep), False
    return None, _thing_span(thing), False


def _want(verb: Token, clause: Token | None, thing: Token | None) -> Shape:
    """"want X to do", "want the troops out": to want to do something oneself is no demand."""
    after = thing.i + 1 if thing is not None else 0
    if thing is not None and after < len(verb.doc) and verb.doc[after].lower_ in ("out", "home", "back", "gone"):
        return None, (_thing_span(thing)[0], after), True
    inner = thing or (_inner_subject(clause) if clause is not None else None)
    if clause is None or inner is None or clause.tag_ != "VB":
        return None, None, False
    return inner, _clause_span(clause, whole=False), True


def _of(verb: Token) -> Shape:
    """"demand Y of X", "demand that X do"."""
    thing = child(verb, "dobj")
    clause = _complement(verb)
    if thing is not None and (clause is None or clause.i > thing.i and clause.dep_ in ("advcl", "conj")):
        addressee = next((pobj(c) for c in preps(verb, "of", "from")), None)
        addressee = addressee or next((pobj(c) for c in children(thing, "prep") if c.lower_ == "from"), None)
        return addressee, _thing_span(thing), False
    if clause is not None:
        subject_ = _inner_subject(clause)
        addressee = None if subject_ is not None and subject_.dep_ == "nsubjpass" else subject_
        return addressee, _clause_span(clause, whole=True), True
    passive = child(verb, "nsubjpass")
    if passive is not None:
        return None, _thing_span(passive), False
    if verb.dep_ == "acl" and verb.tag_ == "VBN":
        return None, _thing_span_without(verb.head, verb), False
    for prep in preps(verb, "for", "to"):
        return None, _thing_span(prep), False
    return None, None, False


def _thing_span_without(thing: Token, branch: Token) -> tuple[int, int]:
    return _trimmed(thing, thing.left_edge.i, max(thing.i, branch.left_edge.i - 1))


def _on(verb: Token) -> Shape:
    """"call on X to do / for Y", "call for Y", "call for X to do"."""
    addressee = next((pobj(c) for c in preps(verb, "on", "upon")), None)
    clause = _complement(verb)
    forward = next((c for c in preps(verb, "for") if pobj(c) is not None and c.i - verb.i < 4), None)
    if child(verb, "dobj") is not None and addressee is None:
        return None, None, False
    if addressee is not None:
        inner = clause or next((c for c in children(addressee, "acl", "relcl", "advcl") if c.tag_ == "VB"), None)
        if inner is not None:
            return addressee, _clause_span(inner, whole=False), True
        return (addressee, _thing_span(forward), False) if forward is not None else (None, None, False)
    if clause is not None and any(c.lower_ == "for" for c in clause.children):
        return _inner_subject(clause), _clause_span(clause, whole=True), True
    if forward is None:
        return None, None, False
    thing = pobj(forward)
    inner = child(thing, "acl", "relcl") if thing is not None else None
    act = clause or inner
    if act is not None and act.tag_ == "VB" and thing is not None:
        first, last = _clause_span(act, whole=True)
        return thing, (min(forward.i + 1, first), last), True
    return None, _thing_span(forward), False


def _to(verb: Token) -> Shape:
    """"appeal to X to do / for Y", "appeal for Y"."""
    addressee = next((pobj(c) for c in preps(verb, "to", "with")), None)
    clause = _complement(verb)
    if clause is None and addressee is not None:
        clause = next((c for c in children(addressee, "acl", "relcl") if c.tag_ == "VB"), None)
    if clause is not None:
        return addressee or _inner_subject(clause), _clause_span(clause, whole=False), True
    forward = next((c for c in preps(verb, "for") if pobj(c) is not None), None)
    return (addressee, _thing_span(forward), False) if forward is not None else (None, None, False)


def _for(verb: Token) -> Shape:
    """"push for Y", "push X to do"."""
    forward = next((c for c in preps(verb, "for") if pobj(c) is not None), None)
    if forward is not None:
        return None, _thing_span(forward), False
    clause, thing = _complement(verb), child(verb, "dobj")
    if clause is not None and thing is not None:
        return thing, _clause_span(clause, whole=False), True
    return None, None, False


DIRECTIVE = frozenset({"must", "should", "ought", "need", "have", "time"})


def _clause(verb: Token) -> Shape:
    """"insist that X must do", "insist on Y": an assertion is no demand."""
    clause = _complement(verb)
    if clause is not None:
        directive = any(c.lemma_.lower() in ("must", "should") for c in children(clause, "aux"))
        subjunctive = clause.tag_ == "VB" and not children(clause, "aux")
        timely = any(c.lemma_ == "time" for c in clause.children)
        if directive or subjunctive or timely or clause.lemma_ in ("need", "have") and children(clause, "xcomp"):
            return _inner_addressee(clause), _clause_span(clause, whole=True), True
        return None, None, False
    on = next((c for c in preps(verb, "on", "upon")), None)
    thing = pobj(on) if on is not None else None
    if thing is None or thing.tag_ == "VBG":
        return None, None, False
    return None, _thing_span(thing), False


def _inner_addressee(clause: Token) -> Token | None:
    """"it is time for X to do": X; else the subject of the clause."""
    for c in clause.subtree:
        if c.dep_ == "nsubj" and c.head.tag_ == "VB" and c.head != clause:
            return c
    thing = child(clause, "nsubj")
    return thing


def _of_noun(noun: Token) -> list[Frame]:
    entry = lexicon.by_term("demand", "nouns").get(noun.lemma_.lower())
    if entry is None or noun.pos_ not in ("NOUN", "PROPN", "VERB") or noun.dep_ in ("compound", "amod"):
        return []
    addressee, content, clause = _noun_content(noun)
    if content is None and entry["term"] != "ultimatum":
        return []
    demander, answer, responder = _noun_demander(noun)
    form = "conditional" if entry["term"] in ("condition", "precondition") else "noun"
    addressee = addressee or next((pobj(c) for c in children(noun, "prep") if c.lower_ in ("to", "on", "upon")), None)
    return [Frame(noun, entry["strength"], form, entry, demander, addressee, content, answer, responder, clause)]


def _noun_content(noun: Token) -> Shape:
    if noun.lemma_ in ("condition", "precondition"):
        verb = noun.head
        attr = child(verb, "attr", "ccomp", "xcomp") if noun.dep_ == "nsubj" and verb.lemma_ == "be" else None
        return (None, _thing_span(attr), False) if attr is not None else (None, None, False)
    clause = next((c for c in children(noun, "acl", "relcl", "ccomp", "xcomp", "advcl") if c.i > noun.i and _is_content_clause(c)), None)
    forward = next((c for c in children(noun, "prep") if c.lower_ == "for" and pobj(c) is not None), None)
    aside = _for_clause(noun)
    if aside is not None:
        mark, act = aside
        return _inner_subject(act), (mark.i, _clause_span(act, whole=True)[1]), True
    if forward is not None:
        thing = pobj(forward)
        act = clause or (child(thing, "acl", "relcl") if thing is not None else None)
        if act is not None and act.tag_ == "VB":
            return thing, (forward.i, _clause_span(act, whole=True)[1]), True
        return None, _thing_span(forward), False
    if clause is not None:
        whole = not any(c.lower_ == "to" for c in children(clause, "aux"))
        inner = _inner_subject(clause)
        inner = inner if inner is None or inner.lower_ not in ("that", "which") else None
        return inner, _clause_span(clause, whole=whole), True
    such = next((c for c in children(noun, "prep") if c.lower_ == "as" and c.nbor(-1).lower_ == "such"), None)
    if such is not None and pobj(such) is not None:
        thing = pobj(such)
        return None, _thing_span(thing), True  # type: ignore[arg-type]
    return None, None, False


def _for_clause(noun: Token) -> tuple[Token, Token] | None:
    """"calls for him to go": the clause that begins right behind the noun, wherever the tree has hung it."""
    after = noun.i + 1
    if after >= len(noun.doc) or noun.doc[after].lower_ != "for" or noun.doc[after].dep_ != "mark":
        return None
    return noun.doc[after], noun.doc[after].head


def _is_content_clause(clause: Token) -> bool:
    if clause.tag_ == "VB":
        return True
    return any(c.lower_ == "that" and c.dep_ == "mark" for c in clause.children) or clause.dep_ in ("acl", "relcl") and bool(
        child(clause, "nsubj")) and not any(c.lower_ in ("that", "which", "who") for c in clause.children) and clause.tag_ in ("VBP", "VB", "VBZ")


def _noun_demander(noun: Token) -> tuple[Token | None, str, Token | None]:
    """Whose demand it is, and how it was answered in the same sentence."""
    head = top(noun)
    verb = head.head if head.dep_ in ("dobj", "nsubjpass", "nsubj", "pobj") else None
    if verb is not None and verb.pos_ == "ADP":
        verb = verb.head
    answer = ANSWERS.get(verb.lemma_.lower(), "none") if verb is not None and head.dep_ in ("dobj", "nsubjpass") else "none"
    responder = None
    if answer != "none" and verb is not None:
        responder = _agent(verb) if head.dep_ == "nsubjpass" else subject(verb)
    poss = child(noun, "poss")
    if poss is None:
        by = next((pobj(c) for c in children(noun, "prep", "agent") if c.lower_ in ("by", "from")), None)
        nation = next((c for c in children(noun, "amod", "compound") if c.ent_type_ or c.pos_ == "PROPN" or c.text[:1].isupper()), None)
        poss = by or nation
    if poss is None and verb is not None and answer == "none" and verb.lemma_.lower() in LIGHT and head.dep_ == "dobj":
        poss = subject(verb)
    if poss is not None and poss.lower_ in ("our", "his", "their", "its") and verb is not None and verb.lemma_.lower() in LIGHT:
        poss = subject(verb) or poss
    return poss, answer, responder


def over(token: Token) -> list[Token]:
    return list(above(token))
