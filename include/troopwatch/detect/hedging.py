"""How real an event is: what stands over it says, who says so, and what follows for status, phase and tense (codebook 4)."""

from dataclasses import dataclass, field

from spacy.tokens import Token

from troopwatch.detect import lexicon
from troopwatch.detect.parsed import Parsed
from troopwatch.detect.trees import SUBJECTS, above, child, children, in_quotes, is_negated, pobj, subject

UNREAL = ("considered", "requested")
COMPLEMENTS = frozenset("ccomp xcomp pcomp acl dobj pobj prep nsubjpass oprd conj acomp attr dep nsubj agent parataxis appos compound dative".split())


@dataclass
class Standing:
    """What stands over an event, nearest first, and how its own verb is put."""

    effects: list[tuple[str, Token]] = field(default_factory=list)
    modal: str | None = None
    negated: bool = False
    conditional: bool = False
    hedge: str | None = None
    speakers: list[Token] = field(default_factory=list)
    speaker_effect: str | None = None
    unnamed_source: bool = False
    quote: str = "none"
    tense: str = "past"

    def first(self, *wanted: str) -> Token | None:
        """The word over the event with one of these effects."""
        return next((t for effect, t in self.effects if effect in wanted), None)

    def has(self, *wanted: str) -> bool:
        return self.first(*wanted) is not None


def standing(p: Parsed, token: Token) -> Standing:
    """Reads what stands over a trigger."""
    s = Standing()
    verb = _clause(token)
    s.modal, s.tense = _modal(verb), _tense(verb)
    s.negated = _negated(token) or verb != token and _is_own_verb(token, verb) and is_negated(verb)
    s.conditional = _conditional(token)
    s.hedge = _hedge(p, token, verb)
    _climb(p, token, s)
    _according(p, token, s)
    if s.speakers or in_quotes(p.text, token.idx):
        s.quote = "direct" if in_quotes(p.text, token.idx) else "indirect"
    return s


def _negated(token: Token) -> bool:
    """A "no" before the noun, a "not" before the verb or before the verb that shares its modal."""
    if is_negated(token):
        return True
    if token.dep_ == "pcomp" and token.head.lower_ == "without" or token.dep_ == "pobj" and token.head.lower_ == "without":
        return True
    return token.dep_ == "conj" and token.head.pos_ == token.pos_ == "VERB" and is_negated(token.head) and not children(token, *SUBJECTS)


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
            return {"'ll": "will", "'d": "would", "wo": "will", "ca": "can"}.get(c.lower_, c.lemma_.lower() if c.lemma_ != "'ll" else "will")
    if verb.dep_ == "conj" and verb.head.pos_ == "VERB" and not children(verb, *SUBJECTS, "aux"):
        return _modal(verb.head)
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
        return "past"
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


def _hedge(p: Parsed, token: Token, verb: Token) -> str | None:
    adverbs = lexicon.by_term("status", "adverbs")
    near = {c.i: c for t in {token.i: token, verb.i: verb}.values() for c in t.children}
    for c in near.values():
        if c.dep_ in ("advmod", "amod") and c.lower_ in adverbs:
            return str(adverbs[c.lower_]["effect"])
    return None


def _climb(p: Parsed, token: Token, s: Standing) -> None:
    """Collects what stands over the trigger; beyond a relative or adverbial clause only who says it."""
    over = lexicon.by_term("status", "over")
    inside, below = True, token
    for t in above(token):
        if below.dep_ in ("relcl", "advcl") or below.dep_ == "acl" and below.tag_ in ("VBN", "VBG"):
            inside = False
        entry = over.get(t.lemma_.lower())
        if entry and t.pos_ in ("VERB", "NOUN", "ADJ", "AUX") and _governs(t, below, entry):
            _take(p, t, str(entry["effect"]), s, inside=inside, below=below)
        below = t


def _governs(t: Token, below: Token, entry: lexicon.Entry) -> bool:
    if entry.get("particle") and not any(c.lower_ == entry["particle"] for c in t.children):
        return False
    if below.dep_ not in COMPLEMENTS and entry["effect"] not in ("report", "alleged", "denied"):
        return False
    if t.lemma_ == "go":
        return t.tag_ == "VBG" and below.dep_ == "xcomp"
    if below.dep_ == "nsubj":
        return False
    return below.dep_ != "conj"


def _take(p: Parsed, t: Token, effect: str, s: Standing, *, inside: bool, below: Token) -> None:
    negated = is_negated(t)
    if effect in ("report", "alleged", "denied", "requested"):
        speaker = _sayer(t)
        if speaker is not None:
            s.speakers.append(speaker)
            s.speaker_effect = s.speaker_effect or effect
    if effect == "report" or not inside:
        return
    if effect == "denied" and negated:
        return
    if negated and effect in ("planned", "ordered", "considered", "begun"):
        effect = "refused" if effect in ("planned", "considered") else "considered"
    elif negated:
        return
    elif effect == "refused" and s.has("refused"):
        return
    if effect in ("planned", "begun", "ordered") and _modal(t) in ("could", "might", "may", "would") and t.lemma_ != "like":
        s.effects.append(("considered", t))
    s.effects.append((effect, t))


def _sayer(t: Token) -> Token | None:
    """Who says it: the subject of the verb, its agent, or whose the noun is."""
    if t.pos_ == "NOUN":
        return child(t, "poss")
    agent = child(t, "agent")
    if agent is not None:
        return pobj(agent)
    if children(t, "nsubjpass", "auxpass"):
        return None
    return subject(t)


def _according(p: Parsed, token: Token, s: Standing) -> None:
    for t in p.doc:
        if t.lower_ == "according" and t.i + 1 < len(p.doc) and t.nbor(1).lower_ == "to":
            thing = pobj(t.nbor(1)) or child(t, "pobj")
            if thing is not None:
                s.speakers.insert(0, thing)
                s.speaker_effect = s.speaker_effect or "report"
                words = " ".join(x.lower_ for x in thing.subtree)
                s.unnamed_source = bool(lexicon.pattern("status", "unnamed").search(words))
            return


def status(s: Standing, *, owner_speaks: bool, own_deed: bool) -> str:
    """The status of an event. `owner_speaks`: the nearest speaker is the party itself."""
    if s.has("denied"):
        return "denied"
    if s.has("refused") or s.negated and (s.modal in ("will", "would") or s.has("planned")):
        return "refused"
    if s.negated or s.has("failed"):
        return "denied" if owner_speaks else "negated"
    if s.has("alleged") or s.hedge == "alleged" or s.unnamed_source:
        return "alleged"
    if s.has("requested") or s.has("considered") or s.hedge == "considered" or s.conditional:
        return "hypothetical"
    if s.modal in ("could", "might", "may", "should", "must", "can") or s.modal == "would" and not _reported_future(s, own_deed):
        return "hypothetical"
    return "asserted"


def _reported_future(s: Standing, own_deed: bool) -> bool:
    """"said it would send": a plan, told in the past."""
    return own_deed and bool(s.speakers)
