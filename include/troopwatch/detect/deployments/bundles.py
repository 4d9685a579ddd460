"""The noun over a force that bundles it: "thousands of soldiers", "a contingent of 300 men"."""

from spacy.tokens import Token

from troopwatch.detect import lexicon
from troopwatch.detect.reading.wordset import singular


def bundle(token: Token) -> Token:
    """The head of "thousands of soldiers", "a contingent of 300 men": the noun over the force's own."""
    for _ in range(3):
        head = token.head
        if token.dep_ != "pobj" or head.head.pos_ not in ("NOUN", "NUM", "PROPN", "PRON", "DET", "ADJ"):
            break
        if head.lower_ != "of" and not (head.lower_ == "by" and head.head.lemma_ in ("mission", "operation")):
            break
        bundles = lexicon.terms("forces", "bundles")
        over = head.head
        if over.lemma_.lower() not in bundles and not over.like_num and singular(over.lower_) not in bundles:
            break
        if over.lemma_.lower() == "deployment":
            break
        token = over
    return token
