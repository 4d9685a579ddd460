"""On whose side and against whom a force stands, where the sentence says so."""

from spacy.tokens import Token

from troopwatch.detect.deployments.forces import Force
from troopwatch.detect.deployments.triggers import Trigger
from troopwatch.detect.reading.parsed import Parsed
from troopwatch.detect.reading.trees import SUBJECTS, child, phrase, pobj, subtree
from troopwatch.detect.referents.who import who


def side(p: Parsed, force: Force | None, t: Trigger) -> tuple[str | None, str | None]:
    """On whose side and against whom, where the sentence says so of this force."""
    anchors = [t.token, *([force.noun, force.head] if force else [])]
    verbs = [
        c
        for a in anchors
        for c in a.children
        if c.dep_ in ("acl", "relcl", "xcomp") or (c.dep_ == "advcl" and child(c, *SUBJECTS) is None)
    ]
    on_side = against = None
    for v in verbs:
        thing = child(v, "dobj", "ccomp")
        if v.lemma_ in ("aid", "help", "support", "assist", "back", "reinforce") and thing is not None:
            target = thing if thing.pos_ != "VERB" else child(thing, *SUBJECTS)
            on_side = on_side or _code(p, target)
        if v.lemma_ in ("fight", "attack", "combat", "defeat", "battle", "counter", "invade") and thing is not None:
            against = against or _code(p, thing)
    for a in [*anchors, *verbs]:
        first, last = subtree(a, skip=("nsubj", "nsubjpass", "parataxis", "conj"))
        for tok in p.doc[first : last + 1]:
            if tok.lower_ in ("against", "alongside") and tok.dep_ == "prep":
                code = _code(p, pobj(tok))
                if tok.lower_ == "against":
                    against = against or code
                else:
                    on_side = on_side or code
    return on_side, against


def _code(p: Parsed, token: Token | None) -> str | None:
    if token is None or token.pos_ == "VERB":
        return None
    found = who(p, token)
    if found.code:
        return found.code
    return next((m.code for m in p.actors_in(p.span(*phrase(token))) if m.code), None)
