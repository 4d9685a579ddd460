"""How a demand was answered in the same sentence (codebook 1.4, `response`), and by whom."""

from spacy.tokens import Token

from troopwatch.detect import lexicon
from troopwatch.detect.reading.trees import agent, child, children, subject, top

Answer = tuple[str, Token | None]
NO_ANSWER: Answer = ("none", None)


def _verbs() -> dict[str, lexicon.Entry]:
    return lexicon.by_term("demand", "answers")


def terms() -> frozenset[str]:
    """The lemmas of the verbs that answer."""
    return lexicon.terms("demand", "answers")


def verb_of(noun: Token) -> Token | None:
    """The verb that a demand is subject or object of; "dismissed as absurd a demand" counts."""
    head = top(noun)
    if head.dep_ not in ("dobj", "nsubjpass", "nsubj", "pobj", "attr", "dep", "appos"):
        return None
    verb = head.head
    if verb.pos_ in ("ADP", "PART", "SCONJ", "ADV"):
        verb = verb.head
    return verb if verb.pos_ in ("VERB", "AUX") else None


def of_noun(noun: Token) -> Answer:
    """As in "rejected a call", "the call was rejected by X", "its call went unheeded", "a call that X rejected"."""
    behind = next((v for v in children(noun, "relcl", "acl") if v.lemma_.lower() in terms()), None)
    if behind is not None:
        return _by_verb(behind, passive=_is_passive(behind))
    verb, head = verb_of(noun), top(noun)
    if verb is None:
        return NO_ANSWER
    unheard = child(verb, "acomp", "oprd", "xcomp", "advcl")
    if verb.lemma_ in ("go", "remain", "fall", "meet") and head.dep_ == "nsubj":
        ignored = unheard is not None and unheard.lower_.startswith("un")
        deaf = "deaf ears" in verb.doc[verb.i : verb.i + 5].text.lower()
        return ("ignored", None) if ignored or deaf else NO_ANSWER
    if verb.lemma_.lower() not in terms() or head.dep_ == "nsubj":
        return NO_ANSWER
    return _by_verb(verb, passive=head.dep_ == "nsubjpass")


def _is_passive(verb: Token) -> bool:
    return bool(children(verb, "auxpass", "agent")) or (verb.tag_ == "VBN" and child(verb, "nsubj") is None)


def _by_verb(verb: Token, *, passive: bool) -> Answer:
    entry = _verbs()[verb.lemma_.lower()]
    particle = entry.get("particle")
    if particle and not any(c.lower_ == particle for c in verb.children):
        return NO_ANSWER
    if child(verb, "neg") is not None:
        return NO_ANSWER
    return str(entry["response"]), agent(verb) if passive else subject(verb)


def behind(trigger: Token) -> Answer:
    """The answer told after a demand: "called for X, a demand that Y dismissed", "asked for X, but Y refused"."""
    for t in trigger.doc[trigger.i + 1 :]:
        if t.pos_ == "NOUN" and t.lemma_.lower() in lexicon.terms("demand", "nouns") and child(t, "prep") is None:
            found = of_noun(t)
            if found != NO_ANSWER:
                return found
    for v in children(trigger, "conj"):
        if v.lemma_ in ("refuse", "decline", "reject", "rebuff", "ignore") and child(v, "nsubj") is not None:
            but = any(c.lower_ in ("but", "yet") for c in trigger.children)
            if but and child(v, "dobj") is None:
                return ("ignored" if v.lemma_ == "ignore" else "rejected"), child(v, "nsubj")
    return NO_ANSWER
