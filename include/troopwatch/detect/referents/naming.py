"""Names: which actor a noun phrase names, by the dictionaries, its complements, or the state that an office is of."""

from dataclasses import dataclass, replace

from spacy.tokens import Token

from troopwatch.detect import codebook, lexicon
from troopwatch.detect.names.actors import ActorMatch
from troopwatch.detect.reading.parsed import Parsed, Span
from troopwatch.detect.reading.trees import SUBJECTS, children, phrase, pobj, preps

PERSONAL_FORMS = frozenset({"leader", "minister", "person"})
NATIONAL = frozenset({"country", "demonym", "capital", "place_of_origin"})


@dataclass(frozen=True)
class Who:
    """An actor as a phrase names it; `code` is None with a `reason` where it does not resolve."""

    span: Span
    code: str | None
    form: str | None
    head: str
    """The lemma of the phrase's head, in lower case: tells offices, crowds and companies."""
    reason: str | None = None

    @property
    def country(self) -> str | None:
        return self.code[:3] if self.code and self.code[:3] not in ("IGO", "---") else None


def by_surname(p: Parsed, token: Token, found: Who) -> Who:
    """As in "Singh", whom the sentence before names in full."""
    for m in p.left_actors:
        if (
            m.code
            and m.form in PERSONAL_FORMS
            and m.text.removesuffix("'s").removesuffix("\u2019s").split()[-1] == token.text
        ):
            return replace(found, code=m.code, form=m.form, reason=None)
    return found


def span_of(match: ActorMatch) -> Span:
    return Span(match.start, match.end, match.text)


def with_sector(code: str | None, sector: str) -> str | None:
    return code + sector if code and sector and len(code) == 3 and code != "IGO" else code


PRIVATE = {
    "business": "BUS",
    "industry": "BUS",
    "corporate": "BUS",
    "opposition": "OPP",
    "union": "LAB",
    "labor": "LAB",
    "labour": "LAB",
    "religious": "REL",
    "church": "REL",
    "rebel": "REB",
    "militant": "REB",
    "separatist": "SEP",
    "student": "CVL",
    "community": "CVL",
    "tribal": "CVL",
    "party": "PTY",
}
"""Whose leaders and officials are not the state's."""


def sector_of(p: Parsed, span: Span) -> str | None:
    private = next((PRIVATE[w] for w in span.text.lower().split() if w in PRIVATE), None)
    if private:
        return private
    return codebook.load().actors.role(p.text[span.start : span.end])


def named_in(p: Parsed, token: Token) -> Who:
    """The phrase by the names in it; the match that covers the head goes first."""
    span, head = p.span(*phrase(token)), _lemma(token)
    matches = [m for m in p.actors_in(span) if m.form != "modifier"]
    end = token.idx + len(token)
    covering = [m for m in matches if m.start <= token.idx and m.end >= end]
    named = [m for m in matches if m.code and (m in covering or m.form not in PERSONAL_FORMS or _is_possessor(p, m))]
    for m in [m for m in covering if m.code] or named[-1:] or covering:
        whole = Span(
            min(span.start, m.start), max(span.end, m.end), p.text[min(span.start, m.start) : max(span.end, m.end)]
        )
        code = m.code if m in covering else with_sector(m.code, sector_of(p, span) or _own_sector(head))
        if m not in covering and m.form in PERSONAL_FORMS and not _is_possessor(p, m):
            code = m.code
        return Who(whole, code, m.form, head, m.reason)
    return Who(span, None, None, head, f"not in the dictionaries: {span.text}")


def _lemma(token: Token) -> str:
    """The lemma in lower case; of a plural that is written like a name too ("Democrats")."""
    word = token.lemma_.lower()
    return word[:-1] if token.tag_ == "NNPS" and word.endswith("s") else word


def _is_possessor(p: Parsed, match: ActorMatch) -> bool:
    return p.text[match.end : match.end + 2] in ("'s", "\u2019s")


def _own_sector(head: str) -> str:
    entry = lexicon.by_term("roles", "roles").get(head)
    return str(entry.get("sector", "")) if entry else ""


def by_complement(p: Parsed, token: Token, found: Who) -> Who:
    """As in "militants in Iraq", "the government of X", "Y, the ambassador to Z": the state stands behind the head."""
    for apposition in children(token, "appos"):
        named = named_in(p, apposition)
        if named.code:
            return replace(found, code=named.code, form=named.form, reason=None)
    for prep in preps(token, "of", "in", "from", "at"):
        thing = pobj(prep)
        if thing is None or thing.pos_ == "VERB":
            continue
        named = named_in(p, thing)
        if named.code and (prep.lower_ != "in" or _own_sector(found.head) or sector_of(p, found.span)):
            sector = sector_of(p, found.span) or _own_sector(found.head)
            bare = (named.code or "")[:3] if named.form == "capital" and sector else named.code
            code = with_sector(bare, sector) if named.form in NATIONAL else named.code
            return replace(found, code=code, form=named.form, reason=None)
    return found


def by_office(p: Parsed, token: Token, found: Who) -> Who:
    """As in "the government", "military officials": of the one state that the sentence or the one before names."""
    sector = sector_of(p, found.span) or _own_sector(found.head)
    if sector not in ("GOV", "MIL", "LEG", "JUD", "COP") or token.tag_ in ("NNP", "NNPS"):
        return found
    before = [m for m in p.actors if m.end <= token.idx]
    for matches in ([m for m in before if is_subject(p, m)] or before, p.left_actors):
        countries = {m.code[:3] for m in matches if m.code and m.code[:3] != "IGO"}
        if len(countries) == 1:
            return replace(found, code=countries.pop() + sector, form="office", reason=None)
    return found


def is_subject(p: Parsed, match: ActorMatch) -> bool:
    return any(t.dep_ in SUBJECTS for t in p.tokens(match.start, match.end))
