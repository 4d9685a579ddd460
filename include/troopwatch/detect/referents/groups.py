"""Several actors in one phrase: each member of a coalition by itself."""

from dataclasses import replace

from spacy.tokens import Token

from troopwatch.detect import lexicon
from troopwatch.detect.reading.parsed import Parsed
from troopwatch.detect.reading.trees import children, conjuncts, phrase, pobj
from troopwatch.detect.referents.naming import Who, sector_of, span_of, with_sector
from troopwatch.detect.referents.who import is_pronoun, subject_over, who


def members(p: Parsed, token: Token) -> list[Who]:
    """The named members of a coordinated phrase, each once; a phrase of one has one member."""
    if token.lower_ in ("they", "their", "them") and is_pronoun(token):
        over = subject_over(token)
        if over is not None and len(conjuncts(over)) > 1:
            return members(p, over)
    named_in = _including(p, token)
    if named_in:
        return named_in
    found: list[Who] = []
    for part in conjuncts(token):
        found += _of_several(p, part) or _demonyms(p, part) or [who(p, part)]
    found = _armed_beside(found)
    named = _beside(p, [w for w in found if w.code])
    roles = lexicon.terms("roles", "roles")
    kept: dict[str | None, Who] = {}
    for w in named or sorted(found, key=lambda w: w.head not in roles)[:1]:
        kept.setdefault(w.code, w)
    return list(kept.values())


def _of_several(p: Parsed, token: Token) -> list[Who]:
    """As in "the foreign ministers of Germany and France": one of each."""
    thing = next((pobj(c) for c in children(token, "prep") if c.lower_ == "of"), None)
    if thing is None or token.tag_ not in ("NNS", "NNPS") or len(conjuncts(thing)) < 2:
        return []
    last = who(p, token)
    states = [who(p, t) for t in conjuncts(thing)]
    if last.code is None or not all(w.code and w.code[:3] != "IGO" for w in states):
        return []
    return [replace(last, span=w.span, code=(w.code or "")[:3] + last.code[3:]) for w in states]


def _armed_beside(found: list[Who]) -> list[Who]:
    """As in "Kyiv and the separatists": an armed group without a country is of the state it is named with."""
    state = next((w.country for w in found if w.country), None)
    roles = lexicon.by_term("roles", "roles")
    return [
        replace(w, code=state + str(roles[w.head].get("sector", "")), reason=None)
        if state and w.code is None and roles.get(w.head, {}).get("kind") == "armed_group"
        else w
        for w in found
    ]


def _including(p: Parsed, token: Token) -> list[Who]:
    """As in "Several allies, including the UK and Germany": the members named behind."""
    for prep in children(token, "prep"):
        inner = pobj(prep) if prep.lower_ == "including" else None
        if inner is not None:
            return [w for w in members(p, inner) if w.code]
    return []


def _beside(p: Parsed, found: list[Who]) -> list[Who]:
    """Names right before the first one, joined to it by "and" or a comma, that the tree has put elsewhere."""
    while found:
        first = found[0].span.start
        left = next(
            (m for m in p.actors if m.code and m.end < first and _joins(p.text[m.end : first], at_start=m.start == 0)),
            None,
        )
        if (
            left is None
            or left.form == "modifier"
            or any(t.pos_ == "ADP" for t in p.tokens(left.start - 2, left.start - 1))
        ):
            break
        if any(w.span.start <= left.start < w.span.end for w in found):
            break
        found = [Who(span_of(left), left.code, left.form, left.text.lower()), *found]
    return found


def _joins(gap: str, *, at_start: bool) -> bool:
    """Whether the words between two names join them; a headline's first two need only a comma: "EU, Britain urge"."""
    return gap in (" and ", " and the ", " & ") or (at_start and gap in (", ", ", the "))


def _demonyms(p: Parsed, token: Token) -> list[Who]:
    """As in "US, British and Canadian troops", "NATO and European Union officials": the actors before one head."""
    span = p.span(*phrase(token))
    matches = [m for m in p.actors_in(span) if m.code and m.form != "modifier"]
    if len({m.code for m in matches}) < 2 or not any(t.dep_ in ("cc", "punct") for t in p.tokens(span.start, span.end)):
        return []
    last = who(p, token)
    sector = sector_of(p, span) or ""
    out = [replace(last, span=span_of(m), code=with_sector(m.code, sector), form=m.form) for m in matches]
    return (
        out
        if last.code is None or last.code in {w.code for w in out}
        else [*out[:-1], replace(last, span=out[-1].span)]
    )
