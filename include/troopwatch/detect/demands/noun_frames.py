"""The grammar of demands put by a noun: "their call for a truce was rejected"."""

from spacy.tokens import Token

from troopwatch.detect import lexicon
from troopwatch.detect.demands.pieces import Frame, Shape, clause_span, inner_subject, thing_span
from troopwatch.detect.reading.trees import agent, child, children, pobj, subject, top
from troopwatch.detect.reading.wordset import words

LIGHT = words(
    "make issue renew repeat reiterate voice echo present deliver send raise press submit lodge launch give "
    "set lay join lead support back drop withdraw reiterate"
)
"""Verbs whose subject makes the demand that is their object: "renewed its call"."""

ANSWERS = {
    "reject": "rejected",
    "refuse": "rejected",
    "dismiss": "rejected",
    "rebuff": "rejected",
    "resist": "rejected",
    "decline": "rejected",
    "ignore": "ignored",
    "defy": "rejected",
    "accept": "accepted",
    "meet": "accepted",
    "grant": "accepted",
    "heed": "accepted",
    "fulfil": "accepted",
    "fulfill": "accepted",
    "spurn": "rejected",
}


def of_noun(noun: Token) -> list[Frame]:
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
        return (None, thing_span(attr), False) if attr is not None else (None, None, False)
    clause = next(
        (
            c
            for c in children(noun, "acl", "relcl", "ccomp", "xcomp", "advcl")
            if c.i > noun.i and _is_content_clause(c)
        ),
        None,
    )
    forward = next((c for c in children(noun, "prep") if c.lower_ == "for" and pobj(c) is not None), None)
    aside = _for_clause(noun)
    if aside is not None:
        mark, act = aside
        return inner_subject(act), (mark.i, clause_span(act, whole=True)[1]), True
    if forward is not None:
        return _for_thing(forward, clause)
    if clause is not None:
        whole = not any(c.lower_ == "to" for c in children(clause, "aux"))
        inner = inner_subject(clause)
        inner = inner if inner is None or inner.lower_ not in ("that", "which") else None
        return inner, clause_span(clause, whole=whole), True
    such = next((c for c in children(noun, "prep") if c.lower_ == "as" and c.nbor(-1).lower_ == "such"), None)
    example = pobj(such) if such is not None else None
    return (None, thing_span(example), True) if example is not None else (None, None, False)


def _for_thing(forward: Token, clause: Token | None) -> Shape:
    thing = pobj(forward)
    act = clause or (child(thing, "acl", "relcl") if thing is not None else None)
    if act is not None and act.tag_ == "VB":
        return thing, (forward.i, clause_span(act, whole=True)[1]), True
    return None, thing_span(forward), False


def _for_clause(noun: Token) -> tuple[Token, Token] | None:
    """As in "calls for him to go": the clause that begins right behind the noun, wherever the tree has hung it."""
    after = noun.i + 1
    if after >= len(noun.doc) or noun.doc[after].lower_ != "for" or noun.doc[after].dep_ != "mark":
        return None
    return noun.doc[after], noun.doc[after].head


def _is_content_clause(clause: Token) -> bool:
    if clause.tag_ == "VB":
        return True
    return any(c.lower_ == "that" and c.dep_ == "mark" for c in clause.children) or (
        clause.dep_ in ("acl", "relcl")
        and bool(child(clause, "nsubj"))
        and not any(c.lower_ in ("that", "which", "who") for c in clause.children)
        and clause.tag_ in ("VBP", "VB", "VBZ")
    )


def _noun_demander(noun: Token) -> tuple[Token | None, str, Token | None]:
    """Whose demand it is, and how it was answered in the same sentence."""
    head = top(noun)
    verb = head.head if head.dep_ in ("dobj", "nsubjpass", "nsubj", "pobj") else None
    if verb is not None and verb.pos_ == "ADP":
        verb = verb.head
    answer = (
        ANSWERS.get(verb.lemma_.lower(), "none") if verb is not None and head.dep_ in ("dobj", "nsubjpass") else "none"
    )
    responder = None
    if answer != "none" and verb is not None:
        responder = agent(verb) if head.dep_ == "nsubjpass" else subject(verb)
    poss = child(noun, "poss")
    if poss is None:
        by = next((pobj(c) for c in children(noun, "prep", "agent") if c.lower_ in ("by", "from")), None)
        nation = next(
            (c for c in children(noun, "amod", "compound") if c.ent_type_ or c.pos_ == "PROPN" or c.text[:1].isupper()),
            None,
        )
        poss = by or nation
    if poss is None and verb is not None and answer == "none" and verb.lemma_.lower() in LIGHT and head.dep_ == "dobj":
        poss = subject(verb)
    if (
        poss is not None
        and poss.lower_ in ("our", "his", "their", "its")
        and verb is not None
        and verb.lemma_.lower() in LIGHT
    ):
        poss = subject(verb) or poss
    return poss, answer, responder
