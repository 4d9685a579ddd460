"""Demands without a word for them: "said X must", "will not ... until", "Leave now," (codebook 2.2.1)."""

from spacy.tokens import Token

from troopwatch.detect import lexicon
from troopwatch.detect.demands import conditions, quotes
from troopwatch.detect.demands.pieces import Frame
from troopwatch.detect.reading.parsed import Parsed
from troopwatch.detect.reading.trees import child, children, is_negated, subject, subtree
from troopwatch.detect.reading.wordset import words

MENTAL = words("be realize realise know understand remember see expect feel have need think")
"""What nobody is asked to do when he is said to have to do it."""


DEMANDING = ("insist", "demand", "urge", "stipulate", "decree", "request", "ask", "tell")
"""Verbs of saying that demand themselves, with a rule of their own."""


def find(p: Parsed) -> list[Frame]:
    """The demands that modals, conditions and imperatives of a sentence put."""
    out: list[Frame] = []
    for token in p.doc:
        if token.pos_ in ("VERB", "AUX"):
            out += _modal(token) or conditions.of_verb(p, token)
    return out + conditions.of_words(p) + quotes.find(p)


def speech_over(token: Token) -> Token | None:
    """The verb of saying right over a clause."""
    for _ in range(4):
        over = token.head
        if over == token:
            return None
        if token.dep_ in ("ccomp", "parataxis") and over.pos_ == "VERB":
            if over.lemma_ == "make" and any(c.lower_ == "clear" for c in over.children):
                return over
            entry = lexicon.by_term("status", "over").get(over.lemma_)
            return over if entry and entry["effect"] == "report" and not is_negated(over) else None
        if token.dep_ != "conj":
            return None
        token = over
    return None


def _nobody() -> frozenset[str]:
    return frozenset(term.lower() for term in lexicon.terms("demand", "nobody"))


def _modal(verb: Token) -> list[Frame]:
    modal = next((c for c in children(verb, "aux") if c.lemma_.lower() in ("must", "should", "ought")), None)
    if modal is None and verb.lemma_ in ("need", "have", "ought") and verb.pos_ == "VERB":
        act = child(verb, "xcomp")
        modal = verb if act is not None and act.tag_ == "VB" and any(c.lower_ == "to" for c in act.children) else None
    speech = speech_over(verb)
    if modal is None or speech is None or speech.lemma_ in DEMANDING or (is_negated(verb) and modal == verb):
        return []
    thing, entry = child(verb, "nsubj", "nsubjpass"), lexicon.by_term("demand", "modals").get(modal.lemma_.lower())
    if thing is None or entry is None or thing.lower_ in _nobody() or _act(verb).lemma_ in MENTAL:
        return []
    demander = subject(speech)
    if (
        demander is None
        or demander == thing
        or demander.lower_ in ("that", "this", "it")
        or thing.lower_ in ("they", "he", "she")
    ):
        return []
    first, last = subtree(verb, skip=("mark",))
    addressee = thing if thing.dep_ == "nsubj" else None
    return [
        Frame(
            modal,
            entry["strength"],
            "modal_say",
            {**entry, "weak": True},
            demander,
            addressee,
            (first, last),
            clause=True,
        )
    ]


def _act(verb: Token) -> Token:
    """What has to be done: "needs to release" is about releasing."""
    return (child(verb, "xcomp") or verb) if verb.lemma_ in ("need", "have", "ought") else verb
