"""Who asks and who is asked: the two sides of a demand, with what the sentence leaves to be inferred."""

import re
from dataclasses import replace

from spacy.tokens import Token

from troopwatch.detect.demands import crowds, things
from troopwatch.detect.demands.demanders import BESIDE_THE_STATE, is_actor, kind
from troopwatch.detect.demands.pieces import Frame
from troopwatch.detect.reading.parsed import Parsed, Span
from troopwatch.detect.reading.trees import above, agent, child, children, pobj, preps, subject
from troopwatch.detect.reading.wordset import words
from troopwatch.detect.referents.groups import members
from troopwatch.detect.referents.naming import PERSONAL_FORMS, Who
from troopwatch.detect.referents.who import who

PRONOUNS = ("they", "he", "him", "it", "them", "she", "her")


POINTERS = (*PRONOUNS, "his", "their", "its")


DOCUMENTS = re.compile(r"\b(?:resolution|draft|motion)\b", re.I)


def demanders_of(p: Parsed, f: Frame, asked: set[str | None]) -> list[Who | None]:
    """Who makes the demand; where the tree gives a thing as its subject, who is quoted with it."""
    if f.demander is None or (f.demander.tag_ == "WP" and f.demander.head.dep_ == "ccomp"):
        return [None]
    found = members(p, f.demander) + _joined(p, f.trigger)
    if not any(w.code or is_actor(w) or w.head in PRONOUNS or kind(w) != "unattributed" for w in found):
        speech = next((v for v in above(f.trigger) if v.lemma_ in ("say", "add", "tell") and v.pos_ == "VERB"), None)
        speaker = child(speech, "nsubj") if speech is not None and f.trigger.dep_ == "conj" else None
        found = members(p, speaker) if speaker is not None else found
    # A pronoun stands neither for who is asked ("he urged Vietnam") nor for who answers ("rejecting his request").
    answered = _side(who(p, f.responder)) if f.responder is not None else None
    found = [things.uncoded(p, other_than(p, w, {*asked, answered})) for w in found]
    return [crowds.of_the_place(p, f, w) for w in found]


def _joined(p: Parsed, trigger: Token) -> list[Who]:
    """As in "joined Australia to call for": who was joined demands too."""
    over = trigger.head if trigger.dep_ in ("xcomp", "advcl") else None
    beside = child(over, "dobj") if over is not None and over.lemma_ == "join" else None
    return [w for w in members(p, beside) if w.code] if beside is not None else []


def _side(w: Who) -> str | None:
    """The country of an actor; of an international body, its code."""
    return w.country or w.code


def other_than(p: Parsed, w: Who, but: set[str | None]) -> Who:
    """A pronoun that cannot mean these: the actor named last before it who is none of them, else nobody."""
    side = _side(w)
    if w.head not in POINTERS or not side or side not in but or (w.code or "")[3:6] in BESIDE_THE_STATE:
        return w
    before = [
        m for m in p.actors if m.end <= w.span.start and m.code and m.code[:3] not in but and m.form in PERSONAL_FORMS
    ]
    match = before[-1] if before else None
    return replace(
        w,
        code=match.code if match else None,
        form=match.form if match else None,
        reason=None if match else "no antecedent",
    )


def addressees_of(p: Parsed, f: Frame) -> list[Who]:
    if f.addressee is None:
        beside = _written_to(p, f.trigger) if f.trigger.pos_ == "VERB" else None
        found = [w for w in members(p, beside) if w.code] if beside is not None else []
        if found:
            return found
        freeing = _who_yields(p, f)
        if freeing is not None:
            return [freeing]
    if f.addressee is None or f.addressee.pos_ == "VERB":
        return [who(p, f.responder)] if f.responder is not None and f.content is None else []
    if f.addressee is not None and f.addressee.lower_ in ("what", "who", "which", "that"):
        return []
    origin = f.addressee.dep_ == "pobj" and f.addressee.head.lower_ == "from"
    found = [things.uncoded(p, _as_asked(w, origin=origin)) for w in members(p, _of_which(f.addressee))]
    loose = f.form in ("conditional", "noun") or (f.entry.get("frame") in ("of", "on") and f.addressee.dep_ != "pobj")
    return [w for w in found if w.code or is_actor(w) or w.head in PRONOUNS] if loose else found


def _as_asked(w: Who, *, origin: bool) -> Who:
    """As in "extradition from Spain": the state; "all foreign forces" are nobody's by the state that is spoken of."""
    if w.form in ("place_of_origin", "former") and origin:
        return replace(w, code=(w.code or "")[:3] or None)
    if w.form == "office" and re.search(r"\b(?:foreign|outside|all|any)\b", w.span.text, re.I):
        return replace(w, code=None, reason="no one state's")
    return w


def _of_which(token: Token) -> Token:
    """As in "both of its neighbours": the neighbours."""
    if token.lower_ not in ("both", "all", "some", "each", "many", "most", "several", "one", "either", "any"):
        return token
    return next((t for c in preps(token, "of") if (t := pobj(c)) is not None), token)


def _who_yields(p: Parsed, f: Frame) -> Who | None:
    """As in "The Kremlin freed the sailors whose release Ukraine had sought": who does what was asked."""
    if f.trigger.dep_ != "relcl" or f.trigger.tag_ == "VB" or f.demander is None:
        return None
    verb = next((v for v in above(f.trigger) if v.pos_ == "VERB"), None)
    thing = subject(verb) if verb is not None else None
    if thing is None or thing == f.demander or f.trigger in thing.subtree:
        return None
    found = who(p, thing)
    return found if is_actor(found) and found.code and found.code != who(p, f.demander).code else None


LETTERS = words("letter note message telegram cable memo petition call conversation meeting talk")


def _written_to(p: Parsed, verb: Token) -> Token | None:
    """As in "wrote to X, demanding", "summoned X and demanded", "demanded in a letter to X"."""
    over = verb.head if verb.dep_ in ("advcl", "conj") else None
    if over is not None and over.i < verb.i and over.lemma_ in ("write", "appeal", "turn", "speak", "talk"):
        return next((pobj(c) for c in preps(over, "to", "with")), None)
    if over is not None and over.i < verb.i and over.lemma_ in ("summon", "phone", "telephone", "ring", "approach"):
        return child(over, "dobj")
    letter = next((t for c in preps(verb, "in", "during") if (t := pobj(c)) and t.lemma_ in LETTERS), None)
    return next((pobj(c) for c in preps(letter, "to", "with")), None) if letter is not None else None


PASSING = ("pass", "adopt", "approve", "table", "submit", "draft", "circulate", "sponsor", "propose", "back", "vote")


def _sponsor(t: Token) -> Token | None:
    """As in "a draft circulated by Pakistan", "Pakistan's draft"."""
    made = next((v for v in children(t, "acl") if v.lemma_ in PASSING and agent(v) is not None), None)
    return agent(made) if made is not None else child(t, "poss")


def _verbs_of(p: Parsed, w: Who) -> list[Token]:
    """The verbs that a document is object of: "passed a resolution"."""
    nouns = [t for t in p.doc if w.span.start <= t.idx < w.span.end and t.dep_ == "dobj"]
    return [t.head for t in nouns if t.head.pos_ == "VERB"]


def of_document(p: Parsed, w: Who | None) -> Who | None:
    """A resolution speaks for its body: the one that the sentence names."""
    if w is None or w.code or not DOCUMENTS.search(w.head):
        return w
    sponsor = next((s for t in p.doc if w.span.start <= t.idx < w.span.end if (s := _sponsor(t)) is not None), None)
    if sponsor is not None and (by := who(p, sponsor)).code:
        return by
    passed = next((v for v in _verbs_of(p, w) if v.lemma_ in PASSING), None)
    maker = subject(passed) if passed is not None else None
    if maker is not None and (by := who(p, maker)).code:
        return by
    if "resolution" not in w.head:
        return w
    body = next((m for m in p.actors if m.code and m.code.startswith("IGO")), None)
    return replace(w, code=body.code, form="igo", span=Span(body.start, body.end, body.text)) if body else w
