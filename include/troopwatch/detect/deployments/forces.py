"""Armed forces in a sentence: noun phrases whose head is a force, and what they say of kind, size and nation."""

from dataclasses import dataclass

from spacy.tokens import Token

from troopwatch.detect.deployments import bundles, force_counts, kinds, recognise
from troopwatch.detect.lexicon import Entry
from troopwatch.detect.reading.counts import Count
from troopwatch.detect.reading.parsed import Parsed, Span
from troopwatch.detect.reading.trees import children, conjuncts, phrase, pobj


@dataclass(frozen=True)
class Force:
    """A force: `noun` is the word for it, `head` the head of its phrase ("thousands of soldiers": thousands)."""

    noun: Token
    head: Token
    span: Span
    entry: Entry
    unit_type: str
    count: Count | None
    count_unit: str | None
    others: tuple[Token, ...]
    """What it is coordinated with and shares a row with: "troops and tanks"."""


def find(p: Parsed) -> list[Force]:
    """The forces of a sentence, in order; coordinated ones are one, unless they are people of different kinds."""
    found: list[Force] = []
    taken: set[int] = set()
    for token in p.doc:
        entry = None if token.i in taken else recognise.entry_of(p, token)
        if entry is None or recognise.is_bundled(p, token):
            continue
        partners = [t for t in conjuncts(token)[1:] if (e := recognise.entry_of(p, t)) and _shares_row(p, t, entry, e)]
        taken.update(t.i for t in partners)
        found.append(_force(p, token, entry, tuple(partners)))
    return found


def _shares_row(p: Parsed, other: Token, first: Entry, second: Entry) -> bool:
    """Whether a force that is coordinated with another is told with it: not where it has its own nation or count."""
    own = any(m.code and m.form != "modifier" for m in p.actors_in(p.span(*phrase(other))))
    counted = bool(children(other, "nummod")) or any(c.lower_ in ("a", "an") for c in children(other, "det"))
    if own or counted:
        return False
    both_people = first["counts"] == second["counts"] == "persons"
    return not both_people or first["type"] == second["type"] or "unspecified" in (first["type"], second["type"])


def _force(p: Parsed, token: Token, entry: Entry, partners: tuple[Token, ...]) -> Force:
    head = bundles.bundle(token)
    first, last = phrase(token)
    if head != token:
        first = phrase(head)[0]
    last = max([last, *(t.i for t in partners)])
    span = p.span(first, max(last, _last(p, token, last)))
    unit_type = kinds.unit_type(p, token, entry, recognise.words_before(p, token))
    count, unit = force_counts.of_force(p, token, head, entry, span)
    if count and count.start < span.start:
        span = Span(count.start, span.end, p.text[count.start : span.end])
    return Force(token, head, span, entry, unit_type, count, unit, partners)


def _last(p: Parsed, token: Token, last: int) -> int:
    """The end of "soldiers from Nigeria and Senegal", "a regiment of T-90s": the phrase with whose or what they are."""
    for prep in children(token, "prep"):
        thing = pobj(prep) if prep.i == last + 1 else None
        if thing is None or any(c.dep_ in ("acl", "relcl", "prep") for c in thing.children):
            continue
        of_forces = prep.lower_ == "of" and recognise.entry_of(p, thing) is not None
        from_nation = (
            prep.lower_ in ("from", "of") and token.dep_ in ("nsubj", "nsubjpass") and recognise.is_actor(p, thing)
        )
        if of_forces or from_nation:
            return max(t.right_edge.i if t == thing else t.i for t in conjuncts(thing))
    return last
