"""Demands without a word for them: "said X must", "will not ... until", "Leave now," (codebook 2.2.1)."""

from spacy.tokens import Token

from troopwatch.detect import lexicon
from troopwatch.detect.demands import conditions, quotes
from troopwatch.detect.demands.pieces import Frame, inner_subject
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
            out += _modal(token) or _time(token) or _there(token) or conditions.of_verb(p, token)
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
    if modal is None and verb.lemma_ in ("need", "have", "ought"):
        act = child(verb, "xcomp")
        modal = verb if act is not None and act.tag_ == "VB" and any(c.lower_ == "to" for c in act.children) else None
    speech = speech_over(verb)
    if modal is None or speech is None or speech.lemma_ in OWN_PLANS or _demands_itself(speech, verb):
        return []
    if modal == verb and (is_negated(verb) or any(c.tag_ == "MD" for c in children(verb, "aux"))):
        return []  # "will have to" foretells
    thing, entry = child(verb, "nsubj", "nsubjpass"), lexicon.by_term("demand", "modals").get(modal.lemma_.lower())
    if (
        thing is None
        or entry is None
        or thing.lower_ in _nobody()
        or (_act(verb).lemma_ in MENTAL and not _is_gone(verb))
    ):
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


OWN_PLANS = ("announce", "rule", "decide", "learn", "find", "conclude")
"""Verbs under which a duty is one's own plan or a finding: "announced that visitors should register"."""


def _demands_itself(speech: Token, verb: Token) -> bool:
    """Whether the verb of saying has a rule of its own; "told parliament that Russia must go" has none."""
    of_another = speech.lemma_ == "tell" and (inner := inner_subject(verb)) is not None and inner.pos_ != "PRON"
    return speech.lemma_ in DEMANDING and speech.i < verb.i and not of_another


def _is_gone(verb: Token) -> bool:
    """As in "the tanks must be out of the town"."""
    return verb.lemma_ == "be" and verb.i + 1 < len(verb.doc) and verb.nbor(1).lower_ in ("out", "gone", "off", "away")


def _act(verb: Token) -> Token:
    """What has to be done: "needs to release" is about releasing."""
    return (child(verb, "xcomp") or verb) if verb.lemma_ in ("need", "have", "ought") else verb


def _time(verb: Token) -> list[Frame]:
    """As in "It is time for the generals to go, the ambassador said"."""
    time, speech = child(verb, "attr"), speech_over(verb)
    if verb.lemma_ != "be" or time is None or time.lemma_ != "time" or speech is None or speech.lemma_ in DEMANDING:
        return []
    act = next((c for c in (*time.children, *verb.children) if c.tag_ == "VB" and c.i > time.i), None)
    thing, demander = child(act, "nsubj") if act is not None else None, subject(speech)
    if act is None or thing is None or demander is None or thing.lower_ in _nobody() or is_negated(verb):
        return []
    entry = {"term": "time", "weak": True}
    return [Frame(time, "urge", "modal_say", entry, demander, thing, subtree(act), clause=True)]


def _there(verb: Token) -> list[Frame]:
    """As in "There must be a ceasefire, the envoy said": a political act that somebody has to do."""
    modal = next((c for c in children(verb, "aux") if c.lemma_.lower() in ("must", "should")), None)
    thing, speech = child(verb, "attr"), speech_over(verb)
    if verb.lemma_ != "be" or child(verb, "expl") is None or modal is None or thing is None or speech is None:
        return []
    first, last = subtree(thing)
    demander = subject(speech)
    named = any(t.lemma_.lower() in WANTED for t in verb.doc[first : last + 1])
    if demander is None or not named or is_negated(verb) or is_negated(thing):
        return []
    strength = "demand" if modal.lemma_.lower() == "must" else "urge"
    entry = {"term": modal.lemma_.lower(), "weak": True}
    return [Frame(modal, strength, "modal_say", entry, demander, None, (first, last), clause=True)]


WANTED = words(
    "ceasefire cease-fire truce withdrawal pullout release inquiry investigation probe election halt end pause talk "
    "negotiation dialogue access corridor sanction embargo disarmament apology handover resignation accountability"
)
"""Acts that are asked for where "there must be" one."""
