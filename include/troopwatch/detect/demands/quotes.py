"""Demands put as quoted imperatives: "Leave now," the general told the villagers (codebook 2.2.1)."""

from collections.abc import Iterator

from spacy.tokens import Token

from troopwatch.detect import lexicon
from troopwatch.detect.demands.pieces import Frame
from troopwatch.detect.reading.parsed import Parsed
from troopwatch.detect.reading.trees import child, children, pobj, preps, subject
from troopwatch.detect.reading.wordset import words

OPENING = ('"', "\u201c", "\u2018")
CLOSING = ('"', "\u201d", "\u2019")
LEADING = ("please", "now", "just", "so", "and", "but")
AT = ("at", "to", "outside", "before")


def find(p: Parsed) -> list[Frame]:
    """A quotation that begins with a bare verb, said by somebody; one demand a quotation."""
    out: list[Frame] = []
    for opening, first, last in _quotations(p):
        act = _imperative(p, first)
        speech = _speech_beside(p, opening, last) if act is not None else None
        demander = subject(speech) if speech is not None else None
        if act is None or speech is None or demander is None or demander.lower_ == "it":
            continue
        entry = {"term": "imperative", "weak": True}
        out.append(Frame(act, "demand", "imperative_quote", entry, demander, _told(speech), (first, last), clause=True))
    return out


def _quotations(p: Parsed) -> Iterator[tuple[int, int, int]]:
    """Each quotation: its opening mark, its first and its last word."""
    doc, i = p.doc, 0
    while i < len(doc):
        if doc[i].text in OPENING:
            end = next((k for k in range(i + 1, len(doc)) if doc[k].text in CLOSING), None)
            if end is None:
                return
            last = end - 1
            while last > i + 1 and doc[last].is_punct:
                last -= 1
            if last > i:
                yield i, i + 1, last
            i = end
        i += 1


def _imperative(p: Parsed, first: int) -> Token | None:
    """The bare verb that a quotation begins with; a verb of the list counts whatever the tagger took it for."""
    doc, at = p.doc, first
    while doc[first].lower_ in LEADING and first + 1 < len(doc):
        first += 1
    t = doc[first]
    if not p.text[doc[at].idx].isupper():
        return None  # a few words quoted in the run of a sentence
    if t.lower_ in ("do", "don") or t.lower_ == "let":
        return t if t.lower_ != "let" or doc[first + 1].lower_ not in ("'s", "us", "me", "\u2019s") else None
    known = t.lower_ in lexicon.terms("demand", "imperatives")
    if known and t.tag_ not in ("VBD", "VBZ"):
        return None if _has_subject(t) else t
    bare = t.tag_ in ("VB", "VBP") and not _has_subject(t) and not children(t, "aux", "mark")
    return t if bare and t.pos_ in ("VERB", "AUX") else None


def _has_subject(t: Token) -> bool:
    return any(c.i < t.i for c in children(t, "nsubj", "nsubjpass"))


def _speech_beside(p: Parsed, opening: int, last: int) -> Token | None:
    """The verb of saying outside the quotation: right behind it, or right before it."""
    doc = p.doc
    terms = lexicon.by_term("status", "over")
    saying = [
        t
        for t in doc
        if (t.lemma_ in SAYING or terms.get(t.lemma_, {}).get("effect") == "report")
        and t.pos_ == "VERB"
        and not opening < t.i <= last
    ]
    behind = [t for t in saying if 0 < t.i - last <= REACH]
    before = [t for t in saying if 0 < opening - t.i <= 4]
    return next(iter(behind), None) or (before[-1] if before else None)


REACH = 12
SAYING = words(
    "say tell warn order shout chant yell cry scream urge plead write beg roar demand read declare add tweet announce "
    "thunder bark"
)


def _told(speech: Token) -> Token | None:
    """Who is told: the object, or at whom it is shouted, or at whose door."""
    told = child(speech, "dobj", "dative")
    if told is not None and told.pos_ != "ADP":
        return told
    thing = next((pobj(c) for c in preps(speech, *AT) if pobj(c) is not None), None)
    while thing is not None and thing.lemma_.lower() in PREMISES:
        inner = next((pobj(c) for c in preps(thing, "of")), None)
        thing = inner or child(thing, "poss")
    return thing


PREMISES = ("gate", "residence", "palace", "door", "home", "house", "office", "wall", "steps", "headquarters")
