"""What somebody wants of another: "want X to do", "want X freed", "want the troops out"."""

from spacy.tokens import Token

from troopwatch.detect.demands.pieces import NONE, Shape, clause_span, inner_subject, thing_span, trimmed
from troopwatch.detect.reading.trees import child, children, pobj, preps
from troopwatch.detect.reading.wordset import words

GOING = ("out", "home", "gone", "back", "away", "off")
HOPED = words("win succeed prevail thrive prosper flourish happen be become come grow bring reopen resolve conclude")
"""What one wants to see happen without asking anybody for it."""
OWN = ("its", "their", "our", "his", "her", "my")


def wanted(verb: Token, clause: Token | None, thing: Token | None) -> Shape:
    """To want to do something oneself, or one's own troops home, is no demand."""
    if clause is not None and clause.lemma_ == "see" and inner_subject(clause) is None:
        seen = child(clause, "ccomp", "xcomp")
        if seen is not None and (seen.lemma_ in HOPED or child(seen, "mark") is not None):
            return NONE
        clause, thing = seen or clause, child(clause, "dobj")
        if seen is None and (thing is None or thing.pos_ == "PRON"):
            return NONE
    out = _way_out(verb)
    if out is not None:
        last = max(out.i, out.right_edge.i) if out.dep_ in ("prep", "advmod", "prt") else out.i
        return NONE if verb.nbor(1).lower_ in OWN else (None, (verb.i + 1, last), True)
    done = _done(clause, thing)
    if done is not None:
        return None, done, True
    inner = thing or (inner_subject(clause) if clause is not None else None)
    if clause is not None and inner is not None and clause.tag_ == "VB":
        suffers = child(clause, "auxpass") is not None
        return None if suffers else inner, clause_span(clause, whole=suffers), True
    return _from(verb, thing) if clause is None and thing is not None else NONE


def _way_out(verb: Token) -> Token | None:
    """As in "wants the troops out": the word for the way, right behind the noun."""
    out = next((t for t in verb.doc[verb.i + 1 : verb.i + 10] if t.lower_ in GOING), None)
    if out is None or out.nbor(-1).pos_ not in ("NOUN", "PROPN"):
        return None
    return None if any(t.pos_ == "VERB" and t.tag_ != "VBN" for t in verb.doc[verb.i + 1 : out.i]) else out


def _done(clause: Token | None, thing: Token | None) -> tuple[int, int] | None:
    """As in "wants the sanctions lifted": what is to be done to a thing."""
    if clause is not None and clause.tag_ in ("VBN", "VBD") and not children(clause, "aux", "auxpass", "mark"):
        inner = inner_subject(clause)
        return clause_span(clause, whole=True) if inner is not None and inner.i < clause.i else None
    act = child(thing, "acl") if thing is not None else None
    if act is not None and thing is not None and act.tag_ == "VBN" and child(act, "agent") is None:
        return trimmed(act, thing.left_edge.i, act.right_edge.i) if act.i == thing.i + 1 else None
    return None


def _from(verb: Token, thing: Token) -> Shape:
    """As in "wants guarantees from X"."""
    source = next((c for c in (*preps(verb, "from"), *preps(thing, "from")) if pobj(c) is not None), None)
    return (pobj(source), thing_span(thing), False) if source is not None else NONE
