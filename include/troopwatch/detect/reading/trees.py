"""Questions to a dependency tree that several rules ask."""

import re
from collections.abc import Iterable, Iterator

from spacy.tokens import Doc, Token

from troopwatch.detect.reading.times import MONTHS
from troopwatch.detect.reading.wordset import words

SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass")
INNER = words("det amod compound poss nummod quantmod nmod predet case advmod npadvmod neg")
"""What may stand before a noun within its minimal phrase."""


STEERING = words(
    "ask urge order tell force persuade allow enable help prompt lead get cause compel authorise "
    "authorize permit push press train send see let make expect want prefer leave keep require oblige "
    "appoint choose invite call beg implore encourage pressure challenge warn instruct direct request "
    "exhort commit move deploy draw bring convince drive spur task "
)
"""Verbs whose object does what the infinitive after it says: "urged France to send"; of others the subject does it."""


def children(token: Token, *deps: str) -> list[Token]:
    """The children of a token in one of these relations."""
    return [c for c in token.children if c.dep_ in deps]


def child(token: Token, *deps: str) -> Token | None:
    return next(iter(children(token, *deps)), None)


def top(token: Token) -> Token:
    """The first of the words that a word is coordinated with."""
    seen = 0
    while token.dep_ == "conj" and token.head != token and seen < 30:
        token, seen = token.head, seen + 1
    return token


def conjuncts(token: Token) -> list[Token]:
    """The word and what is coordinated with it, in order."""
    found, queue = [token], [token]
    while queue:
        more = children(queue.pop(), "conj")
        found += more
        queue += more
    return sorted(found, key=lambda t: t.i)


def above(token: Token, limit: int = 12) -> Iterator[Token]:
    """The words over a word, nearest first."""
    while token.head != token and limit:
        token, limit = token.head, limit - 1
        yield token


def subject(verb: Token) -> Token | None:
    """The subject of a verb: its own, or that of the verb that governs or coordinates it."""
    for _ in range(8):
        own = child(verb, *SUBJECTS)
        if own is not None:
            return own
        step = _governor(verb)
        if step is None:
            return None
        if step[1] is not None:
            return step[1]
        verb = step[0]
    return None


def _governor(verb: Token) -> tuple[Token, Token | None] | None:
    """The next verb up, and the word that it gives as subject, where it is not its own subject."""
    head = verb.head
    if head == verb:
        return None
    if verb.dep_ in ("acl", "relcl"):
        return (head, head) if head.pos_ not in ("VERB", "AUX") else (head, None)
    if verb.dep_ in ("xcomp", "ccomp", "advcl") and head.pos_ in ("VERB", "AUX"):
        thing = (
            child(head, "dobj", "dative")
            if verb.dep_ != "advcl" and (head.lemma_ in STEERING or verb.dep_ == "ccomp")
            else None
        )
        if head.lemma_ in ("call", "appeal", "plead"):
            thing = next((t for c in preps(head, "on", "upon", "to", "with") if (t := pobj(c)) is not None), thing)
        return head, thing if thing is not None and thing.i < verb.i else None
    if verb.dep_ == "pcomp" and head.dep_ == "prep" and head.head.pos_ == "VERB":
        thing = child(head.head, "dobj") if head.lower_ in ("of", "for", "from", "into") else None
        return head.head, thing if thing is not None and thing.i < verb.i else None
    if verb.dep_ in ("conj", "advcl", "xcomp", "ccomp", "pcomp", "prep", "parataxis", "dep", "acomp", "amod"):
        return head, None
    return None


def preps(token: Token, *words: str) -> list[Token]:
    """The prepositions under a word (through chains such as "out of"), optionally only certain ones."""
    found: list[Token] = []
    for c in token.children:
        if c.dep_ in ("prep", "dative", "agent", "prt", "advmod") and c.pos_ in ("ADP", "SCONJ", "ADV", "PART"):
            if not words or c.lower_ in words:
                found.append(c)
            found += preps(c, *words) if c.dep_ in ("prep", "prt", "advmod") else []
    return found


def pobj(prep: Token) -> Token | None:
    return child(prep, "pobj", "pcomp")


def agent(verb: Token) -> Token | None:
    """Who does it, of a passive verb."""
    by = child(verb, "agent") or next((c for c in preps(verb, "by")), None)
    return pobj(by) if by is not None else None


def phrase(head: Token) -> tuple[int, int]:
    """First and last token of the minimal noun phrase: modifiers before the noun, nothing after it."""
    first = head.i
    for c in head.lefts:
        if c.dep_ in INNER and c.lower_ not in ("both", "either") and not is_of_a_date(c):
            first = min(first, c.left_edge.i)
    last = head.i
    for c in head.rights:
        if c.dep_ in ("nummod", "compound") and c.i == last + 1:
            last = c.i
    return first, last


YEAR = re.compile(r"(?:19|20)\d\d")
DATED = words("in since during until till late early mid")


def is_of_a_date(token: Token) -> bool:
    """Whether a word is of a date: "On May 3, French soldiers", "In 2012, Syrian forces", "On 3 May French troops"."""
    before = token.nbor(-1).lower_.rstrip(".") if token.i else ""
    after = token.nbor(1).lower_.rstrip(".") if token.i + 1 < len(token.doc) else ""
    if token.lower_.rstrip(".") in MONTHS:
        return before.isdecimal() and int(before) <= 31
    if not token.text.isdecimal() or not before:
        return False
    if before in MONTHS and int(token.text) <= 31:
        return after == "," or token.i == 1 or token.nbor(-2).lower_ != "in"  # "in May 20 soldiers came"
    if after in MONTHS and int(token.text) <= 31:
        return True
    return YEAR.fullmatch(token.text) is not None and (after == "," or before in DATED or before in MONTHS)


def subtree(head: Token, skip: Iterable[str] = ()) -> tuple[int, int]:
    """First and last token of everything under a word, without the branches in the given relations."""
    first = last = head.i
    for c in head.children:
        if c.dep_ in skip:
            continue
        first, last = min(first, c.left_edge.i), max(last, c.right_edge.i)
    return first, last


def offsets(doc: Doc, first: int, last: int) -> tuple[int, int]:
    """The code points from the first to the last of two tokens."""
    return doc[first].idx, doc[last].idx + len(doc[last])


def at(doc: Doc, start: int, end: int) -> list[Token]:
    """The tokens that overlap a stretch of code points."""
    return [t for t in doc if t.idx < end and t.idx + len(t) > start]


def is_negated(token: Token) -> bool:
    return any(
        (c.dep_ == "neg" and c.lower_ != "only")
        or (c.lower_ in ("never", "no", "neither") and c.dep_ in ("det", "advmod", "preconj", "cc") and c.i < token.i)
        for c in token.children
    )


def in_quotes(text: str, at_: int) -> bool:
    """Whether a place in the sentence lies between quotation marks."""
    if text.count("\u201c", 0, at_) > text.count("\u201d", 0, at_):
        return True
    return text.count('"', 0, at_) % 2 == 1
