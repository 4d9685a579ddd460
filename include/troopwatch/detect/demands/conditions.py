"""Demands put as conditions: "will not ... until", "unless X does", "conditional on" (codebook 2.2.1)."""

from spacy.tokens import Token

from troopwatch.detect import lexicon
from troopwatch.detect.demands.pieces import Frame, inner_subject, trimmed
from troopwatch.detect.reading.parsed import Parsed
from troopwatch.detect.reading.trees import above, child, children, is_negated, pobj, subject, subtree
from troopwatch.detect.reading.wordset import words

UNTIL = ("until", "unless", "till")
MARKS = (*UNTIL, "before")
ONCE = ("if", "after", "once", "when")
"""After "only": "will lift the curbs only after ..."."""
UNWILLING = words("refuse decline reject oppose resist")
THREATENING = words("threaten vow warn swear pledge promise")
STAKES = words(
    "sanction embargo blockade siege tariff curb ban restriction troop soldier force army fighter gunman militia rebel "
    "prisoner hostage detainee captive commander leader sailor crew weapon missile arm rocket attack strike bombing "
    "shelling bombardment offensive war fighting hostility invasion occupation truce ceasefire guarantee "
    "assurance apology compensation ransom amnesty border crossing port territory recognition election president "
    "government regime minister withdrawal release aid convoy access settlement deal agreement treaty accord demand "
    "jail free captive kidnap arrest prison wage salary pay power king drill exercise manoeuvre"
)
"""What a condition that names no actor is about, where it is a demand: "until the report is published" is none."""


def of_verb(p: Parsed, verb: Token) -> list[Frame]:
    """As in "will not begin talks until ...", "refused to leave before ...", "unless X does, Y will ..."."""
    clause, mark = _condition(verb)
    if clause is None or mark is None:
        return []
    demander = _who_sets(p, verb, mark)
    if demander is None:
        return []
    first, last = subtree(clause)
    span = trimmed(clause, max(first, mark.i + 1), last)
    inner = inner_subject(clause) if child(clause, "nsubjpass", "auxpass") is None else None
    named = [m for m in p.actors_in(p.span(*span)) if m.code]
    if not named and not any(t.lemma_.lower() in STAKES for t in verb.doc[span[0] : span[1] + 1]):
        return []
    entry = {"term": mark.lower_, "weak": True}
    return [Frame(mark, "demand", "conditional", entry, demander, inner, span, clause=True)]


def _condition(verb: Token) -> tuple[Token | None, Token | None]:
    for clause in children(verb, "advcl", "ccomp"):
        only = child(clause, "advmod")
        if only is not None and only.lower_ == "only" and only.i + 1 < len(verb.doc) and only.nbor(1).lower_ in ONCE:
            return clause, only.nbor(1)
        marks = (k for k in clause.children if k.lower_ in MARKS and k.dep_ in ("mark", "advmod", "prep"))
        mark = next((k for k in marks if not k.nbor(1).is_punct), None)  # "talked about it before, but"
        if mark is not None:
            return clause, mark
    return None, None


def _who_sets(p: Parsed, verb: Token, mark: Token) -> Token | None:
    """Who makes his act hang on the condition; None where nothing is refused or threatened."""
    who = subject(verb)
    modal = any(
        c.lemma_.lower() in ("will", "would", "wo", "shall", "ca", "can", "could") for c in children(verb, "aux")
    )
    own = [verb, *([verb.head] if verb.dep_ in ("xcomp", "pcomp") else [])]
    refusing = next((t for t in own if t.lemma_ in UNWILLING or _rules_out(t)), None)
    threat = next((t for t in above(verb, 2) if t.lemma_ in THREATENING), None)
    negated = is_negated(verb) or (who is not None and child(who, "det", "neg") is not None and _is_none(who))
    if refusing is not None:
        return subject(refusing)
    if threat is not None and (negated or mark.lower_ == "unless"):
        return subject(threat)
    sure = mark.lower_ in ONCE or (mark.lower_ == "unless" and mark.i < verb.i)
    if not modal or not (negated or sure):
        return None
    return _speaker(verb) if who is None or _is_none(who) or not _is_person(p, who) else who


def _rules_out(t: Token) -> bool:
    return t.lemma_ == "rule" and any(c.lower_ == "out" for c in t.children)


def _is_none(who: Token) -> bool:
    return any(c.lower_ in ("no", "neither") for c in children(who, "det")) or who.lower_ in (
        "nobody",
        "nothing",
        "none",
    )


def _is_person(p: Parsed, who: Token) -> bool:
    return who.pos_ in ("PROPN", "PRON") or bool(who.ent_type_) or who.lemma_.lower() in lexicon.terms("roles", "roles")


def _speaker(verb: Token) -> Token | None:
    for t in above(verb, 4):
        entry = lexicon.by_term("status", "over").get(t.lemma_)
        if entry and entry["effect"] == "report":
            return subject(t)
    return None


def of_words(p: Parsed) -> list[Frame]:
    """The conditions that a noun or adjective puts."""
    out: list[Frame] = []
    for t in p.doc:
        if t.lower_ in ("conditional", "contingent", "dependent"):
            out += _conditional_on(t)
        elif t.lemma_.lower() in ("condition", "precondition", "prerequisite"):
            out += _made_condition(t)
        elif t.lower_ == "either":
            out += _either(t)
    return out


def _conditional_on(word: Token) -> list[Frame]:
    """As in "made the loan conditional on Brazil slowing ..."."""
    doc = word.doc
    if word.i + 2 >= len(doc) or word.nbor(1).lower_ not in ("on", "upon"):
        return []
    verb = next((t for t in above(word, 5) if t.lemma_ in ("make", "keep", "declare", "render")), None)
    demander = subject(verb) if verb is not None else None
    if verb is None or demander is None:
        return []
    thing = pobj(word.nbor(1)) or word.nbor(2)
    act = child(thing, "acl") or next((c for c in children(verb, "advcl") if c.i > word.i), None)
    last = max(act.right_edge.i if act is not None else 0, thing.right_edge.i)
    addressee = thing if act is not None else child(thing, "nsubj", "poss")
    span = trimmed(thing, word.i + 1, last)
    return [
        Frame(
            word, "demand", "conditional", {"term": "conditional", "weak": True}, demander, addressee, span, clause=True
        )
    ]


def _made_condition(noun: Token) -> list[Frame]:
    """As in "made a full pull-out the condition for any truce", "set X as a condition for talks"."""
    verb = next((t for t in above(noun, 3) if t.lemma_ in ("make", "set", "put", "name", "cite", "impose")), None)
    if verb is None:
        return []
    thing = next(
        (
            c
            for c in children(verb, "dobj", "nsubj", "nsubjpass", "ccomp")
            if c.i > verb.i and c != noun and c.i < noun.i
        ),
        None,
    )
    if thing is None or (noun in list(thing.subtree) and thing.i > noun.i):
        return []
    entry = {"term": noun.lemma_.lower(), "weak": True}
    span = trimmed(thing, thing.left_edge.i, min(max(t.i for t in thing.subtree), noun.left_edge.i - 1))
    if verb.doc[span[1]].lower_ == "as":
        span = (span[0], span[1] - 1)
    return [Frame(noun, "demand", "conditional", entry, subject(verb), None, span, clause=True)]


def _either(word: Token) -> list[Frame]:
    """As in "Either X pays or we go back": what the other side has to do, or else."""
    doc = word.doc
    other = next((t for t in doc[word.i + 1 :] if t.lower_ == "or"), None)
    if other is None or other.i + 1 >= len(doc) or other.nbor(1).lower_ not in ("we", "i", "they", "there", "it"):
        return []
    act = next((t for t in doc[word.i + 1 : other.i] if t.tag_ in ("VBZ", "VBP", "VB") and child(t, "nsubj")), None)
    inner = child(act, "nsubj") if act is not None else None
    speech = next((t for t in doc if t.lemma_ in ("say", "tell", "warn", "add", "declare") and child(t, "nsubj")), None)
    if act is None or inner is None or speech is None or inner.lower_ in ("we", "i", "you"):
        return []
    end = next((t.i - 1 for t in doc[other.i :] if t.text in ('"', "\u201d", ",")), doc[-1].i)
    entry = {"term": "either", "weak": True}
    return [Frame(word, "ultimatum", "conditional", entry, subject(speech), inner, (word.i, end), clause=True)]
