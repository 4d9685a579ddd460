"""The grammar of demands put by a noun: "their call for a truce was rejected"."""

from spacy.tokens import Token

from troopwatch.detect import lexicon
from troopwatch.detect.demands import answers
from troopwatch.detect.demands.answers import verb_of
from troopwatch.detect.demands.pieces import Frame, Shape, clause_span, inner_subject, thing_span
from troopwatch.detect.reading.trees import child, children, pobj, subject, top
from troopwatch.detect.reading.wordset import words

LIGHT = words(
    "make issue renew repeat reiterate voice echo present deliver send raise press submit lodge launch give "
    "set lay join lead support back drop withdraw table file pass relay convey direct address put step "
    "intensify restate revive amplify endorse second impose slap sound sign pile heap exert increase keep mount"
)
"""Verbs whose subject makes the demand that is their object: "renewed its call"."""
GROWING = words(
    "mount grow rise increase intensify come multiply emerge swell spread gather build follow continue persist "
    "resound ring echo be go face have hear receive get"
)
"""Verbs that say no more of a demand than that it is there: "calls are growing"."""


def of_noun(noun: Token) -> list[Frame]:
    entry = lexicon.by_term("demand", "nouns").get(noun.lemma_.lower())
    if entry is None or noun.pos_ not in ("NOUN", "PROPN", "VERB") or noun.dep_ in ("compound", "amod"):
        return []
    addressee, content, clause = _noun_content(noun)
    if (content is None and entry["term"] != "ultimatum") or (entry.get("clause_only") and not clause):
        return []
    if noun.lemma_.lower() == "demand" and not clause and _is_of_the_market(noun):
        return []
    if any(c.lower_ == "budget" for c in children(noun, "compound", "nmod")):
        return []
    if noun.lemma_.lower() == "insistence" and content is not None and _tells_a_fact(noun, content):
        return []
    demander, (answer, responder) = _noun_demander(noun), answers.of_noun(noun)
    form = "conditional" if entry["term"] in ("condition", "precondition") else "noun"
    addressee = addressee or _asked_beside(noun)
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
    if clause is None and forward is None:
        clause, forward = _hung_on_verb(noun)
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


def _noun_demander(noun: Token) -> Token | None:
    """Whose demand it is."""
    verb = verb_of(noun)
    poss = child(noun, "poss")
    if poss is None:
        by = next((pobj(c) for c in children(noun, "prep", "agent") if c.lower_ in ("by", "from")), None)
        poss = by or _nation(noun)
    light = verb is not None and verb.lemma_.lower() in LIGHT and top(noun).dep_ == "dobj"
    if light and verb is not None and (poss is None or poss.lower_ in ("our", "his", "their", "its")):
        poss = subject(verb) or poss
    return poss


def _nation(noun: Token) -> Token | None:
    """As in "Malian demand", "Security Council calls"; where "calls" is read as a verb, the name stands beside it."""
    before = noun.nbor(-1) if noun.i else None
    if noun.pos_ == "VERB" and before is not None and before.pos_ in ("PROPN", "NOUN") and before.head == noun.head:
        return before
    return next(
        (c for c in children(noun, "amod", "compound") if c.ent_type_ or c.pos_ == "PROPN" or c.text[:1].isupper()),
        None,
    )


MARKET = words(
    "lower higher weak weaker strong stronger rising falling growing global domestic consumer market oil gas energy "
    "fuel robust soft slack sluggish record seasonal peak high low increased reduced soaring shrinking steady crude"
)


def _is_of_the_market(noun: Token) -> bool:
    """As in "Demand for copper", "lower demand for tankers": nobody's, and for a thing."""
    if any(c.lower_ in MARKET for c in children(noun, "amod", "compound")):
        return True
    return noun.tag_ == "NN" and not children(noun, "det", "poss", "amod", "nummod") and noun.dep_ == "nsubj"


def _tells_a_fact(noun: Token, content: tuple[int, int]) -> bool:
    """As in "his insistence that the leak was an accident"."""
    verbs = [t for t in noun.doc[content[0] : content[1] + 1] if t.pos_ in ("VERB", "AUX")]
    return bool(verbs) and verbs[0].tag_ in ("VBZ", "VBD", "VBN") and noun.doc[content[0]].lower_ == "that"


def _hung_on_verb(noun: Token) -> tuple[Token | None, Token | None]:
    """As in "renewed its appeal to X to go", "calls are mounting for Y": what the tree gives to the noun's verb."""
    verb, head = verb_of(noun), top(noun)
    if verb is None or verb.lemma_.lower() not in LIGHT | GROWING | answers.terms():
        return None, None
    clause = next((c for c in children(verb, "advcl", "xcomp", "ccomp") if _is_infinitive(c) and c.i > noun.i), None)
    fors = [c for c in children(verb, "prep") if c.lower_ == "for" and c.i > noun.i and pobj(c) is not None]
    if head.dep_ == "dobj" or (clause is not None and verb.lemma_ not in ("be", "go")):
        return clause, (fors[0] if fors and verb.lemma_ in LIGHT else None)
    return None, (fors[0] if fors and head.dep_ in ("nsubj", "nsubjpass") else None)


def _is_infinitive(clause: Token) -> bool:
    return clause.tag_ == "VB" and any(c.lower_ == "to" and c.dep_ == "aux" for c in clause.children)


def _asked_beside(noun: Token) -> Token | None:
    """As in "its appeal to X", "calls on X", "a request lodged in X"."""
    verb = verb_of(noun)
    preps_ = children(noun, "prep")
    if verb is not None and verb.lemma_.lower() in LIGHT | GROWING:
        preps_ += [c for c in children(verb, "prep", "dative") if c.i > noun.i]
    found = next((pobj(c) for c in preps_ if c.lower_ in ("to", "on", "upon", "with") and c.tag_ != "TO"), None)
    found = found or next((pobj(c) for c in preps_ if c.lower_ == "to" and pobj(c) is not None), None)
    if found is not None and found.pos_ in ("PROPN", "NOUN", "PRON"):
        return found
    if noun.lemma_ == "pressure" and noun.dep_ == "pobj" and noun.head.lower_ == "under" and verb is not None:
        return subject(verb)
    if noun.lemma_ == "ultimatum" and noun.dep_ == "pobj" and verb is not None:
        return child(verb, "dobj")
    lodged = next(
        (c for c in children(noun, "acl") if c.lemma_ in ("lodge", "submit", "send", "address", "file")), None
    )
    where = (
        next((pobj(c) for c in children(lodged, "prep", "dative") if c.lower_ in ("in", "to", "with")), None)
        if lodged is not None
        else None
    )
    return where or (
        child(verb, "dative") if verb is not None and verb.lemma_ in ("give", "issue", "send", "hand") else None
    )
