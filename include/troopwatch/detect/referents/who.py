"""Who a noun phrase stands for: names by the dictionaries, pronouns by their antecedents."""

import re
from dataclasses import replace

from spacy.tokens import Token

from troopwatch.detect import lexicon
from troopwatch.detect.names.actors import ActorMatch
from troopwatch.detect.reading.gate import words_in
from troopwatch.detect.reading.gate_words import roles
from troopwatch.detect.reading.parsed import Parsed, Span
from troopwatch.detect.reading.trees import SUBJECTS, above, child, in_quotes, subject
from troopwatch.detect.reading.wordset import words
from troopwatch.detect.referents.naming import (
    PERSONAL_FORMS,
    Who,
    by_complement,
    by_office,
    by_surname,
    is_subject,
    named_in,
    span_of,
)

PERSONS = words("he she him his her hers i me my")
THINGS = words("it its they them their theirs who which that whose themselves itself")
OURS = frozenset(["we", "us", "our", "ours"])
KOREAS = {"North": "PRK", "South": "KOR"}
LEFT_PRONOUN = re.compile(r"[\"'\u201c\u2018]?(?:he|she|it|they|we|i)\b", re.I)
NEAR_START = 60
"""How far into the sentence before its subject is looked for, in code points."""

OWN = words("country nation government state army military administration parliament military troop people")
"""What "his" and "its" stand before without a change of country."""


def who(p: Parsed, token: Token) -> Who:
    """The actor that the noun phrase headed by `token` stands for."""
    if is_pronoun(token):
        return _pronoun(p, token)
    found = named_in(p, token)
    if found.code is None and token.text in KOREAS and _is_of_korea(p):
        return replace(found, code=KOREAS[token.text], form="country", reason=None)
    if found.code is None and token.lemma_.lower() in OWN and token.tag_ != "NNS":
        poss = child(token, "poss")
        if poss is not None and poss.pos_ == "PRON":
            return replace(who(p, poss), span=found.span, head=found.head)
    if found.code is None:
        found = by_complement(p, token, found)
    if found.code is None:
        found = by_office(p, token, found)
    if found.code is None and token.tag_ == "NNP":
        found = by_surname(p, token, found)
    return found


def _is_of_korea(p: Parsed) -> bool:
    """Whether "the North" is told of in a text about Korea: it, or one of the two states, is named."""
    if "Korea" in p.sentence.left + p.text:
        return True
    return any((m.code or "")[:3] in KOREAS.values() for m in (*p.actors, *p.left_actors))


def is_pronoun(token: Token) -> bool:
    """Whether a word stands for another; "US" does not."""
    return (token.pos_ == "PRON" or token.lower_ in PERSONS | THINGS | OURS) and token.text not in ("US", "IT", "WHO")


def _pronoun(p: Parsed, token: Token) -> Who:
    span, word = p.span(token.i, token.i), token.lower_
    if word in OURS or word in ("i", "my", "me"):
        return _ours(p, token, span)
    if word in ("who", "which", "that", "whose"):
        return _relative(p, token, span)
    found = _antecedent(p, token, personal=word in PERSONS)
    if found is None:
        return Who(span, None, None, word, f"no antecedent: {token.text}")
    return Who(span, found.code, found.form, word, found.reason)


def _ours(p: Parsed, token: Token, span: Span) -> Who:
    """As in "We": the source's own voice where it has one; within a quotation, who is quoted."""
    if in_quotes(p.text, token.idx):
        speaker = _speaker_of_quote(token)
        if speaker is not None and speaker.pos_ != "PRON":
            named = who(p, speaker)
            return Who(span, named.code, named.form, token.lower_, named.reason)
    if p.voice is None and (speaker_before := _speaker_before(p)) is not None:
        return Who(span, speaker_before.code, speaker_before.form, token.lower_)
    reason = None if p.voice else "no antecedent: whose voice this is"
    return Who(span, p.voice, "voice" if p.voice else None, token.lower_, reason)


SPEAKING = re.compile(r"\b(?:said|told|spoke|speaking|read out|statement|declared|announced|added|asked about)\b")


def _speaker_before(p: Parsed) -> ActorMatch | None:
    """Who speaks in the sentence before, where it names him first: "A spokeswoman for ... read out a statement"."""
    if not SPEAKING.search(p.sentence.left) or LEFT_PRONOUN.match(p.sentence.left):
        return None
    first = next((m for m in p.left_actors if m.code), None)
    official = first is not None and (first.form in PERSONAL_FORMS or (first.code or "")[3:6] == "GOV")
    return first if first is not None and official and first.start < NEAR_START else None


def _speaker_of_quote(token: Token) -> Token | None:
    for verb in above(token):
        entry = lexicon.by_term("status", "over").get(verb.lemma_)
        if entry and entry["effect"] in ("report", "alleged", "denied"):
            return child(verb, *SUBJECTS)
    return None


def _relative(p: Parsed, token: Token, span: Span) -> Who:
    near = next((m for m in p.actors if m.code and 0 <= token.idx - m.end <= 2), None)
    if near is not None:
        return Who(span_of(near), near.code, near.form, token.lower_)
    for verb in above(token):
        if verb.dep_ in ("relcl", "acl") and verb.head != token:
            named = who(p, verb.head)
            return replace(named, head=token.lower_)
    return Who(span, None, None, token.lower_, f"no antecedent: {token.text}")


def _antecedent(p: Parsed, token: Token, *, personal: bool) -> Who | None:
    """The subject over the pronoun, else the nearest actor before it, else the subject of the sentence before."""
    over = _subject_over(p, token, personal)
    if over is not None:
        return over
    before = [m for m in p.actors if m.end <= token.idx and _fits(m, personal) and not _inside_force(p, m)]
    if token.dep_ in SUBJECTS and before and not any(is_subject(p, m) for m in before):
        before = []
    pool = [m for m in before if is_subject(p, m)] or before
    match = pool[-1] if pool else _in_left(p, personal)
    return Who(span_of(match), match.code, match.form, match.text.lower(), match.reason) if match else None


def _in_left(p: Parsed, personal: bool) -> ActorMatch | None:
    """The actor that the sentence before begins with; where it begins with a pronoun itself, none."""
    if LEFT_PRONOUN.match(p.sentence.left):
        return None
    left = [m for m in p.left_actors if _fits(m, personal)]
    if left and left[0].start < NEAR_START and not PLACED.search(p.sentence.left, 0, left[0].start):
        return left[0]
    opening = set(words_in(p.sentence.left[:OPENING]))
    alone = len({m.code[:3] for m in left if m.code}) == 1 and opening.isdisjoint(roles()[0])
    free = [m for m in left if not BELOW.search(p.sentence.left, 0, m.start)]
    return free[0] if alone and free else None


OPENING = 30
"""Code points of a sentence in which an office of nobody yet is its subject: "The ministers spoke of Ukraine"."""
BELOW = re.compile(r"\b(?:in|of|to|from|against|on|into|for|with|over|around|near|at)\s+(?:the\s+)?$", re.I)
PLACED = re.compile(r"\b(?:in|to|from|against|on|into|over|around|near|at)\s+(?:the\s+)?$", re.I)
"""Before a name that is no subject, and before one that belongs to none."""


def _fits(match: ActorMatch, personal: bool) -> bool:
    if not match.code or match.form == "modifier":
        return False
    return match.form in PERSONAL_FORMS or len(match.code) > 3 if personal else True


def _inside_force(p: Parsed, match: ActorMatch) -> bool:
    """A demonym before a noun is no antecedent by itself, its noun phrase may be."""
    tokens = p.tokens(match.start, match.end)
    return match.form == "demonym" and bool(tokens) and tokens[-1].dep_ in ("amod",)


def _subject_over(p: Parsed, token: Token, personal: bool) -> Who | None:
    """The actor in the subject of a clause over the pronoun."""
    for thing in _subjects_over(token):
        found = by_complement(p, thing, named_in(p, thing))
        if found.code and (
            not personal or found.form in PERSONAL_FORMS or len(found.code) > 3 or found.span.text[:1].isupper()
        ):
            return found
    return None


def subject_over(token: Token) -> Token | None:
    return next(iter(_subjects_over(token)), None)


def _subjects_over(token: Token) -> list[Token]:
    """The subjects of the clauses over a pronoun that stand before it, nearest first."""
    found: list[Token] = []
    for verb in above(token):
        if verb.pos_ not in ("VERB", "AUX"):
            continue
        thing = subject(verb)
        if thing is not None and thing.lower_ in ("who", "which") and verb.dep_ in ("relcl", "acl"):
            thing = verb.head
        if thing is None or thing.i >= token.i or thing.pos_ == "PRON" or token in thing.subtree:
            continue
        found.append(thing)
    return found
