"""Mends what the parser gets wrong in headlines: "Chile and Peru Demand Withdrawal of ..." read as one long noun."""

from spacy.tokens import Doc, Token

FINITE = ("VBP", "VBZ", "VBD")
NAMED = ("compound", "nmod", "amod", "nsubj", "poss")


def mended(doc: Doc) -> Doc:
    """The same tree, with a verb that was hung before a noun, like a name, set over that noun."""
    if len(doc) > 1 and doc[0].is_space:
        doc[0].head = next(t for t in doc if t.head == t)  # a blanked dateline belongs to no phrase
    for token in doc:
        if _is_buried(token):
            _raise(token)
    return doc


def _is_buried(token: Token) -> bool:
    """A finite verb as a modifier of a noun to its right, with a name before it that must be its subject."""
    buried = token.tag_ in FINITE and token.dep_ in ("compound", "amod", "nmod") and token.head.i > token.i
    return buried and token.head.pos_ in ("NOUN", "PROPN") and _subject_before(token) is not None


def _subject_before(verb: Token) -> Token | None:
    """The modifier of the same noun that stands right before the verb, or is coordinated with what does."""
    before = [t for t in verb.head.lefts if t.i < verb.i and t.dep_ in NAMED and t.pos_ in ("PROPN", "NOUN")]
    return before[-1] if before and before[-1].right_edge.i == verb.i - 1 else None


def _raise(verb: Token) -> None:
    """Set the verb over its noun: what was before it is its subject, the noun its object."""
    thing, named = verb.head, _subject_before(verb)
    if named is None:
        return
    verb.head, verb.dep_ = (thing.head, thing.dep_) if thing.head != thing else (verb, "ROOT")
    thing.head, thing.dep_ = verb, "dobj"
    named.head, named.dep_ = verb, "nsubj"
    verb.pos_, verb.lemma_ = "VERB", verb.lower_ if verb.tag_ == "VBP" else verb.lemma_
