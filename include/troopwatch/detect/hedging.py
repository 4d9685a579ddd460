"""How real an event is: what stands over its word, how its verb is put, and who says so (codebook 4)."""

from spacy.tokens import Token

from troopwatch.detect import lexicon
from troopwatch.detect.granting import granting, meant
from troopwatch.detect.reading.parsed import Parsed
from troopwatch.detect.reading.trees import SUBJECTS, above, children, in_quotes, is_negated
from troopwatch.detect.reading.wordset import words
from troopwatch.detect.standing import Standing, according, sayer

COMPLEMENTS = words(
    "ccomp xcomp pcomp acl dobj pobj prep nsubjpass oprd conj acomp attr dep nsubj agent parataxis appos "
    "compound dative"
)


def standing(p: Parsed, token: Token, *, bare: bool = False) -> Standing:
    """Reads what stands over a trigger; `bare`: over a force of which the clause may say other things."""
    s = Standing()
    verb = _clause(token)
    aside = _is_aside(token, verb) or (bare and verb.lemma_ not in ("be", "have"))
    s.modal, s.tense = None if aside else _modal(verb), _tense(verb)
    s.negated = _negated(token) or (verb != token and _is_own_verb(token, verb) and is_negated(verb))
    if token.dep_ == "pcomp" and token.head.lower_ == "by" and is_negated(token.head.head):
        s.negated, s.modal = True, _modal(token.head.head)
    s.conditional = _conditional(token)
    predicate = _one_predicate(token, verb)
    s.if_clause = not aside and any(_has_if_clause(v) for v in predicate)
    s.hedge = _hedge(predicate)
    _climb(p, token, s)
    according(p, s)
    if _is_kept_or_stopped(token, s):
        s.effects = [e for e in s.effects if e[0] != "requested"]
        s.modal, s.conditional = None, False
    if s.speakers or in_quotes(p.text, token.idx):
        s.quote = "direct" if in_quotes(p.text, token.idx) else "indirect"
    return s


KEEPING = words("keep stay remain maintain retain continue extend prolong")
STOPPING = words("stop halt cease end suspend freeze quit discontinue")


def _is_kept_or_stopped(token: Token, s: Standing) -> bool:
    """What is asked to go on or to stop is there: "asked Moscow to keep its soldiers", "must halt the deployment"."""
    if not s.has("requested") and s.modal not in ("must", "should"):
        return False
    over = next((t for t in above(token, 3) if t.pos_ == "VERB"), None)
    stopped = over is not None and over.lemma_.lower() in STOPPING and token.dep_ in ("dobj", "xcomp", "pobj")
    return stopped or token.lemma_.lower() in KEEPING


ASIDES = words("after before since despite during amid over following until")


def _is_aside(token: Token, verb: Token) -> bool:
    """Whether the noun only dates or frames its clause: "what China might do after the withdrawal"."""
    t = token
    while t not in (verb, t.head):
        if t.dep_ == "prep" and t.lower_ in ASIDES:
            return True
        t = t.head
    return False


def _negated(token: Token) -> bool:
    """A "no" before the noun, a "not" before the verb or before the verb that shares its modal."""
    if (
        _is_yet_to_come(token)
        or is_negated(token)
        or (token.pos_ == "VERB" and any(is_negated(c) for c in children(token, *SUBJECTS, "dobj")))
    ):
        return True
    if (token.dep_ == "pcomp" and token.head.lower_ == "without") or (
        token.dep_ == "pobj" and token.head.lower_ == "without"
    ):
        return True
    return (
        token.dep_ == "conj"
        and token.head.pos_ == token.pos_ == "VERB"
        and is_negated(token.head)
        and not children(token, *SUBJECTS)
    )


def _is_yet_to_come(token: Token) -> bool:
    """As in "has yet to withdraw", "have yet to see any withdrawal"."""
    chain = [token, *(t for t in above(token, 3) if t.pos_ in ("VERB", "AUX"))]
    return any(c.lower_ == "yet" and c.nbor(1).lower_ == "to" for t in chain for c in t.children if c.i < token.i)


def _is_own_verb(token: Token, verb: Token) -> bool:
    return verb.lemma_ in ("be", "have") and token.dep_ in ("attr", "dobj", "nsubj")


def _clause(token: Token) -> Token:
    """The verb of the trigger's own clause."""
    if token.pos_ in ("VERB", "AUX"):
        return token
    return next((t for t in above(token) if t.pos_ in ("VERB", "AUX")), token)


def _modal(verb: Token) -> str | None:
    for c in children(verb, "aux"):
        if c.tag_ == "MD":
            return {"'ll": "will", "'d": "would", "wo": "will", "ca": "can"}.get(c.lower_, c.lemma_.lower())
    if verb.dep_ == "conj" and verb.head.pos_ == "VERB" and not children(verb, *SUBJECTS, "aux"):
        return _modal(verb.head)
    if verb.tag_ == "VB" and verb.dep_ in ("xcomp", "advcl") and verb.head.pos_ == "VERB":
        over = _modal(verb.head)  # "might use it to send"
        return over if over in ("might", "may", "could") else None
    return None


def _tense(verb: Token) -> str:
    """past, present or future, as the clause's own verb is put."""
    aux = children(verb, "aux", "auxpass")
    words = {c.lower_ for c in aux}
    if words & {"will", "shall", "'ll", "wo"}:
        return "future"
    if words & {"was", "were", "had", "did"} or verb.tag_ == "VBD" or words & {"has", "have", "'ve", "having"}:
        return "past"
    if verb.tag_ == "VBN" and not aux:
        over = next((t for t in above(verb) if t.pos_ in ("VERB", "AUX")), None)
        return _tense(over) if verb.dep_ == "acl" and over is not None else "past"
    if verb.tag_ in ("VB", "VBG") and not words & {"is", "are", "'re", "'s", "am", "do", "does"}:
        over = next((t for t in above(verb) if t.pos_ in ("VERB", "AUX")), None)
        return _tense(over) if over is not None and over != verb else "present"
    return "present"


def _conditional(token: Token) -> bool:
    words = lexicon.terms("status", "conditions")
    for t in (token, *above(token, 6)):
        if any(c.dep_ in ("mark", "advmod") and c.lower_ in words for c in t.children):
            return True
        if t.dep_ in ("ccomp", "relcl") or t.dep_ == "advcl":
            break
    return False


def _has_if_clause(verb: Token) -> bool:
    """Whether the event's own clause hangs on a condition: "will send troops if asked"."""
    return any(c.dep_ == "advcl" and any(k.lower_ in ("if", "unless") for k in c.children) for c in verb.children)


def _hedge(predicate: list[Token]) -> str | None:
    adverbs = lexicon.by_term("status", "adverbs")
    near = {c.i: c for t in predicate for c in t.children}
    for c in near.values():
        if c.dep_ in ("advmod", "amod") and c.lower_ in adverbs:
            return str(adverbs[c.lower_]["effect"])
    return None


def _one_predicate(token: Token, verb: Token) -> list[Token]:
    """The trigger, its verb, and the verbs that form one predicate with it: "have reportedly begun landing"."""
    chain = [*{token.i: token, verb.i: verb}.values()]
    while chain[-1].dep_ == "xcomp" and chain[-1].head.pos_ in ("VERB", "AUX", "ADJ"):
        chain.append(chain[-1].head)
    return chain


def _climb(p: Parsed, token: Token, s: Standing) -> None:
    """Collects what stands over the trigger; beyond a relative or adverbial clause only who says it."""
    over = lexicon.by_term("status", "over")
    inside, below = True, token
    for t in above(token):
        if below.dep_ == "prep" and below.lower_ in ASIDES:
            inside = False
        if (
            inside
            and is_negated(t)
            and t.lemma_ in ("mean", "involve", "include", "want", "like")
            and below.dep_ in ("xcomp", "pcomp", "dobj", "ccomp")
        ):
            s.negated, below = True, t
            continue
        if below.dep_ in ("relcl", "advcl") or (
            below.dep_ == "acl" and below.tag_ in ("VBN", "VBG") and not children(below, "mark", "aux")
        ):
            inside = False
        entry = over.get(t.lemma_.lower())
        if entry and t.pos_ in ("VERB", "NOUN", "ADJ", "AUX") and _governs(t, below, entry):
            _take(t, str(entry["effect"]), s, inside=inside, below=below)
        below = t


def _governs(t: Token, below: Token, entry: lexicon.Entry) -> bool:
    if entry.get("particle") and not any(c.lower_ == entry["particle"] for c in t.children):
        return False
    if entry.get("clause") and below.dep_ not in ("ccomp", "parataxis"):
        return False
    if below.dep_ not in COMPLEMENTS and entry["effect"] not in ("report", "alleged", "denied"):
        return False
    if t.lemma_ == "go":
        return t.tag_ == "VBG" and below.dep_ == "xcomp"
    if below.dep_ == "nsubj" or (below.dep_ == "dobj" and entry["effect"] == "alleged" and t.pos_ == "VERB"):
        return False
    return below.dep_ != "conj"


PROMISING = ("threaten", "vow", "pledge", "promise")
"""Plans that are told by whose they are."""


def _take(t: Token, effect: str, s: Standing, *, inside: bool, below: Token) -> None:
    negated = is_negated(t)
    if effect in ("report", "alleged", "denied", "requested") or t.lemma_ in PROMISING:
        speaker = sayer(t)
        if speaker is not None:
            s.speakers.append(speaker)
            s.speaker_effect = s.speaker_effect or effect
    effect = meant(t, effect, below)
    if effect == "planned" and (grant := granting(t)) is not None:
        s.effects.append((effect, grant))
        return
    if effect == "report" or (not inside and effect != "alleged"):
        return
    if effect in ("considered", "planned", "requested") and (
        _is_told_as_fact(below) or (below.pos_ == "NOUN" and below.lemma_ in lexicon.terms("demand", "nouns"))
    ):
        return
    if effect == "denied" and negated:
        return
    if negated and effect == "begun" and below.pos_ != "VERB":
        s.negated = True
    if negated and effect in ("planned", "ordered", "considered", "begun"):
        effect = "refused" if effect in ("planned", "considered") else "considered"
    elif negated and t.lemma_ in ("rule", "exclude", "preclude"):
        effect = "considered"
    elif negated or (effect == "refused" and s.has("refused")):
        return
    if (
        effect in ("planned", "begun", "ordered")
        and _modal(t) in ("could", "might", "may", "would")
        and t.lemma_ != "like"
    ):
        s.effects.append(("considered", t))
    s.effects.append((effect, t))


def _is_told_as_fact(clause: Token) -> bool:
    """A finite clause without a modal: "suggested that he believes", not "suggested sending"."""
    if clause.dep_ != "ccomp":
        return False
    words = [clause, *children(clause, "aux", "auxpass")]
    return any(t.tag_ in ("VBD", "VBZ", "VBP") for t in words) and not any(t.tag_ == "MD" for t in words)
