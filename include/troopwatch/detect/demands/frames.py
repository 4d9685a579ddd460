"""The grammar of demands: for each verb or noun that asks, where demander, addressee and content stand in the tree."""

import re

from spacy.tokens import Doc, Token

from troopwatch.detect import lexicon
from troopwatch.detect.demands.noun_frames import of_noun
from troopwatch.detect.demands.pieces import Frame, trimmed
from troopwatch.detect.demands.shapes import SHAPES
from troopwatch.detect.reading.trees import above, agent, child, children, pobj, subject
from troopwatch.detect.reading.wordset import words

TRYING = words("effort attempt bid move drive way chance opportunity time moment")
"""Nouns that a demand may hang on without being who makes it."""


def find(doc: list[Token]) -> list[Frame]:
    """The demands that verbs and nouns of a sentence put, in order."""
    found = [f for t in doc for f in _of_headline(t) or (_of_verb(t) if t.pos_ in ("VERB", "AUX") else of_noun(t))]
    return [f for f in found if (f.content and not _is_empty(doc, f.content)) or f.trigger.lemma_ == "ultimatum"]


EMPTY = words("more so much lot comment interview refuge asylum shelter permission advice")
"""What is asked for without its being a demand (codebook 2.2.6)."""


def _is_empty(doc: list[Token], content: tuple[int, int]) -> bool:
    """As in "demand more", "asked it": nothing is said to be asked for."""
    first = [t for t in doc[content[0] : content[1] + 1] if t.dep_ not in ("prep", "det")]
    if first and first[0].lower_ in EMPTY and first[0].dep_ == "dobj":
        return True
    return all(t.pos_ in ("PRON", "DET", "PUNCT", "NUM", "SYM") or t.lower_ in EMPTY for t in first)


def _of_verb(verb: Token) -> list[Frame]:
    entry = lexicon.by_term("demand", "verbs").get(verb.lemma_.lower())
    as_noun = verb.tag_ in ("NN", "NNS") or (verb.tag_ in ("VBZ", "VB") and verb.dep_ in ("dobj", "pobj", "attr"))
    if entry is None or (as_noun and verb.lemma_ in ("call", "demand", "appeal", "request", "order")):
        return of_noun(verb) if as_noun else []
    passive = bool(children(verb, "nsubjpass", "auxpass")) or (
        verb.tag_ == "VBN" and verb.dep_ in ("acl", "relcl", "advcl") and not children(verb, "nsubj", "aux")
    )
    addressee, content, clause = SHAPES[entry["frame"]](verb)
    passive = passive and not _has_object(verb, entry["frame"], addressee)
    passive = passive or _is_headline_passive(verb, entry, addressee, clause=clause)
    if content is None and verb.tag_ == "VBN" and verb.dep_ == "advcl" and any(c.lower_ == "if" for c in verb.children):
        act = child(verb.head, "xcomp") or verb.head  # "If asked, Denmark would send a frigate"
        last = max([act.i, *(t.i for t in act.subtree if t.i > act.i and t not in verb.subtree)])
        addressee, content, clause, passive = subject(verb.head), trimmed(act, act.i, last), True, True
    if (entry.get("clause_only") and not clause) or content is None or (entry.get("needs") and addressee is None):
        return []
    if _is_a_question(verb, addressee, content) or (entry["term"] == "tell" and _is_a_fact(verb.doc, content)):
        return []
    demander = agent(verb) if passive else _maker(_subject_of(verb))
    if passive and addressee is None and entry["frame"] in ("object", "on"):
        addressee = child(verb, "nsubjpass") or (verb.head if verb.dep_ == "acl" else child(verb, "nsubj"))
    if (
        clause
        and verb.doc[content[0] : content[1] + 1].text.lower().removeprefix("to ").startswith("do so")
        and verb.dep_ in ("advcl", "conj")
    ):
        act = child(verb.head, "xcomp") or verb.head
        addressee = addressee or subject(verb.head)
        by = next((t for t in verb.subtree if t.lower_ == "by"), None)
        demander = demander or (pobj(by) if by is not None else None)
        content = trimmed(act, act.i, max(t.i for t in act.subtree if t.i < verb.left_edge.i or t.i == act.i))
    if demander is not None and addressee is not None and demander == addressee:
        demander = None
    return [Frame(verb, entry["strength"], "verb", entry, demander, addressee, content, clause=clause)]


OPEN = words("whether how why what")
QUESTIONS = OPEN | words("if when who where which")


def _is_a_question(verb: Token, addressee: Token | None, content: tuple[int, int]) -> bool:
    """As in "asked the minister whether", "asked what it would take": to want to know is no demand."""
    if verb.lemma_ != "ask":
        return False
    behind = {verb.i + 1, content[0]} | ({addressee.right_edge.i + 1} if addressee is not None else set())
    asked = {verb.doc[i].lower_ for i in behind if verb.i < i < len(verb.doc)}
    return bool(asked & QUESTIONS) or verb.doc[min(content[1] + 1, len(verb.doc) - 1)].lower_ in OPEN


DUTY = re.compile(r"\b(?:must|should|ought|needs?|needed|(?:have|has|had) to)\b", re.I)


def _is_a_fact(doc: Doc, content: tuple[int, int]) -> bool:
    """As in "told the paper that it owes nothing": what is told is no duty."""
    inside = doc[content[0] : content[1] + 1]
    return inside[0].lower_ == "that" and DUTY.search(inside.text) is None


def _has_object(verb: Token, frame: str, addressee: Token | None) -> bool:
    """Whether what looks passive has its addressee behind it: "the ministers, in a letter, called on X"."""
    own = child(verb, "nsubjpass", "auxpass") is None
    return own and frame in ("on", "object") and addressee is not None and addressee.i > verb.i


OBJECTLESS = words("urge tell order instruct direct exhort implore beseech pressure press warn force encourage require")
"""Verbs that always say whom they ask: with an infinitive and without an object they are passive."""


def _is_headline_passive(verb: Token, entry: lexicon.Entry, addressee: Token | None, *, clause: bool) -> bool:
    """As in "Bulgaria Urged to Close Its Camps"."""
    return (
        clause
        and entry["frame"] == "object"
        and addressee is None
        and verb.tag_ in ("VBN", "VBD")
        and verb.lemma_.lower() in OBJECTLESS
        and child(verb, "nsubj") is not None
        and verb.i + 1 < len(verb.doc)
        and verb.nbor(1).lower_ == "to"
    )


def _of_headline(t: Token) -> list[Frame]:
    """As in "Kenyan MPs demand exit of British troops", where the whole is read as one noun phrase."""
    if (
        t.dep_ != "compound"
        or t.lemma_ not in ("demand", "urge", "seek", "request")
        or t.head.dep_ != "ROOT"
        or not t.i
    ):
        return []
    before, head = t.nbor(-1), t.head
    if before.head not in (t, head) or before.pos_ not in ("NOUN", "PROPN") or head.i < t.i:
        return []
    entry = lexicon.by_term("demand", "verbs")[t.lemma_]
    return [Frame(t, entry["strength"], "verb", entry, before, None, (t.i + 1, head.right_edge.i))]


def _subject_of(verb: Token) -> Token | None:
    """The verb's subject; where the tree has hung a second predicate too deep, that of the main clause."""
    if verb.dep_ == "conj" and verb.tag_ in ("VB", "VBP") and not children(verb, "nsubj", "aux"):
        root = next((t for t in above(verb) if t.dep_ == "ROOT"), verb)
        main = child(root, "nsubj")
        if root.tag_ == "VBP" and main is not None and main.lower_ in ("we", "they"):
            return main
    if verb.dep_ == "acl" and verb.tag_ == "VB" and verb.head.dep_ == "pobj" and verb.head.head.lower_ == "for":
        return None  # "called for action to press": nobody's yet
    found = subject(verb)
    if found is not None:
        return found
    for t in above(verb):
        own = child(t, "nsubj") if t.pos_ in ("VERB", "AUX") else None
        if own is not None and own.i < verb.i:
            return own
    return None


def _maker(token: Token | None) -> Token | None:
    """As in "Labour's refusal to call": of an act that stands as subject, whose it is."""
    if token is not None and token.pos_ == "NOUN" and token.lemma_ in lexicon.terms("status", "over"):
        return child(token, "poss") or token
    if token is not None and token.lemma_ in TRYING:
        return child(token, "poss")
    return token
