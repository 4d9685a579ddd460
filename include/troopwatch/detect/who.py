"""Who a noun phrase stands for: names by the dictionaries, pronouns by their antecedents, offices by the state named near."""

from dataclasses import dataclass, replace

from spacy.tokens import Token

from troopwatch.detect import codebook, lexicon
from troopwatch.detect.actors import ActorMatch
from troopwatch.detect.parsed import Parsed, Span
from troopwatch.detect.trees import SUBJECTS, above, child, children, conjuncts, in_quotes, phrase, pobj, preps, subject

PERSONS = frozenset("he she him his her hers i me my".split())
THINGS = frozenset("it its they them their theirs who which that whose themselves itself".split())
OURS = frozenset("we us our ours".split())
OWN = frozenset("country nation government state army military administration parliament military troop people".split())
"""What "his" and "its" stand before without a change of country."""
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


def who(p: Parsed, token: Token) -> Who:
    """The actor that the noun phrase headed by `token` stands for."""
    if token.pos_ == "PRON" or token.lower_ in PERSONS | THINGS | OURS:
        return _pronoun(p, token)
    found = _named(p, token)
    if found.code is None and token.lemma_.lower() in OWN:
        poss = child(token, "poss")
        if poss is not None and poss.pos_ == "PRON":
            return replace(who(p, poss), span=found.span, head=found.head)
    if found.code is None:
        found = _by_complement(p, token, found)
    if found.code is None:
        found = _by_office(p, token, found)
    return found


def members(p: Parsed, token: Token) -> list[Who]:
    """The named members of a coordinated phrase, each once; a phrase of one has one member."""
    found: list[Who] = []
    for part in conjuncts(token):
        found += _demonyms(p, part) or [who(p, part)]
    named = _beside(p, [w for w in found if w.code])
    roles = lexicon.terms("roles", "roles")
    kept: dict[str | None, Who] = {}
    for w in named or sorted(found, key=lambda w: w.head not in roles)[:1]:
        kept.setdefault(w.code, w)
    return list(kept.values())


def _beside(p: Parsed, found: list[Who]) -> list[Who]:
    """Names right before the first one, joined to it by "and" or a comma, that the tree has put elsewhere."""
    while found:
        first = found[0].span.start
        left = next((m for m in p.actors if m.code and m.end < first and p.text[m.end : first] in (" and ", " and the ", " & ")), None)
        if left is None or left.form == "modifier" or any(t.pos_ == "ADP" for t in p.tokens(left.start - 2, left.start - 1)):
            break
        if any(w.span.start <= left.start < w.span.end for w in found):
            break
        found = [Who(_span(left), left.code, left.form, left.text.lower()), *found]
    return found


def _demonyms(p: Parsed, token: Token) -> list[Who]:
    """"US, British and Canadian troops", "NATO and European Union officials": the actors before one head."""
    span = p.span(*phrase(token))
    matches = [m for m in p.actors_in(span) if m.code and m.form != "modifier"]
    if len({m.code for m in matches}) < 2 or not any(t.dep_ in ("cc", "punct") for t in p.tokens(span.start, span.end)):
        return []
    last = who(p, token)
    sector = _sector(p, span) or ""
    out = [replace(last, span=_span(m), code=_with_sector(m.code, sector), form=m.form) for m in matches]
    return out if last.code is None or last.code in {w.code for w in out} else [*out[:-1], replace(last, span=out[-1].span)]


def _span(match: ActorMatch) -> Span:
    return Span(match.start, match.end, match.text)


def _with_sector(code: str | None, sector: str) -> str | None:
    return code + sector if code and sector and len(code) == 3 and code != "IGO" else code


def _sector(p: Parsed, span: Span) -> str | None:
    return codebook.load().actors.role(p.text[span.start : span.end])


def _named(p: Parsed, token: Token) -> Who:
    """The phrase by the names in it; the match that covers the head goes first."""
    span, head = p.span(*phrase(token)), token.lemma_.lower()
    matches = [m for m in p.actors_in(span) if m.form != "modifier"]
    end = token.idx + len(token)
    covering = [m for m in matches if m.start <= token.idx and m.end >= end]
    named = [m for m in matches if m.code]
    for m in [m for m in covering if m.code] or named[-1:] or covering or matches[-1:]:
        whole = Span(min(span.start, m.start), max(span.end, m.end), p.text[min(span.start, m.start) : max(span.end, m.end)])
        code = m.code if m in covering else _with_sector(m.code, _sector(p, span) or _own_sector(head))
        if m not in covering and m.form in PERSONAL_FORMS and not _is_possessor(p, m):
            code = m.code
        return Who(whole, code, m.form, head, m.reason)
    return Who(span, None, None, head, f"not in the dictionaries: {span.text}")


def _is_possessor(p: Parsed, match: ActorMatch) -> bool:
    return p.text[match.end : match.end + 2] in ("'s", "\u2019s")


def _own_sector(head: str) -> str:
    entry = lexicon.by_term("roles", "roles").get(head)
    return str(entry.get("sector", "")) if entry else ""


def _by_complement(p: Parsed, token: Token, found: Who) -> Who:
    """"militants in Iraq", "the government of X", "Y, the ambassador to Z": the state stands behind the head."""
    for apposition in children(token, "appos"):
        named = _named(p, apposition)
        if named.code:
            return replace(found, code=named.code, form=named.form, reason=None)
    for prep in preps(token, "of", "in", "from", "at"):
        thing = pobj(prep)
        if thing is None or thing.pos_ == "VERB":
            continue
        named = _named(p, thing)
        if named.code and (prep.lower_ != "in" or _own_sector(found.head)):
            sector = _sector(p, found.span) or _own_sector(found.head)
            code = _with_sector(named.code, sector) if named.form in NATIONAL else named.code
            return replace(found, code=code, form=named.form, reason=None)
    return found


def _by_office(p: Parsed, token: Token, found: Who) -> Who:
    """"the government", "military officials": of the one state that the sentence, or the one before, speaks of."""
    sector = _sector(p, found.span) or _own_sector(found.head)
    if sector not in ("GOV", "MIL", "LEG", "JUD", "COP") or token.tag_ in ("NNP", "NNPS"):
        return found
    for matches in ([m for m in p.actors if m.end <= token.idx], p.left_actors):
        countries = {m.code[:3] for m in matches if m.code and m.code[:3] != "IGO"}
        if len(countries) == 1:
            return replace(found, code=countries.pop() + sector, form="office", reason=None)
    return found


def _pronoun(p: Parsed, token: Token) -> Who:
    span, word = p.span(token.i, token.i), token.lower_
    if word in OURS or word in ("i", "my", "me"):
        return _ours(p, token, span)
    if word in ("who", "which", "that", "whose"):
        return _relative(p, token, span)
    match = _antecedent(p, token, personal=word in PERSONS)
    if match is None:
        return Who(span, None, None, word, f"no antecedent: {token.text}")
    return Who(span, match.code, match.form, word, match.reason)


def _ours(p: Parsed, token: Token, span: Span) -> Who:
    """"We": the source's own voice where it has one; within a quotation, who is quoted."""
    if in_quotes(p.text, token.idx):
        speaker = _speaker_of_quote(token)
        if speaker is not None and speaker.pos_ != "PRON":
            named = who(p, speaker)
            return Who(span, named.code, named.form, token.lower_, named.reason)
    reason = None if p.voice else "no antecedent: whose voice this is"
    return Who(span, p.voice, "voice" if p.voice else None, token.lower_, reason)


def _speaker_of_quote(token: Token) -> Token | None:
    for verb in above(token):
        entry = lexicon.by_term("status", "over").get(verb.lemma_)
        if entry and entry["effect"] in ("report", "alleged", "denied"):
            return child(verb, *SUBJECTS)
    return None


def _relative(p: Parsed, token: Token, span: Span) -> Who:
    near = next((m for m in p.actors if m.code and 0 <= token.idx - m.end <= 2), None)
    if near is not None:
        return Who(_span(near), near.code, near.form, token.lower_)
    for verb in above(token):
        if verb.dep_ in ("relcl", "acl") and verb.head != token:
            named = who(p, verb.head)
            return replace(named, head=token.lower_)
    return Who(span, None, None, token.lower_, f"no antecedent: {token.text}")


def _antecedent(p: Parsed, token: Token, *, personal: bool) -> ActorMatch | None:
    """The subject over the pronoun, else the nearest actor before it, else the first of the sentence before."""
    over = _subject_match(p, token)
    if over is not None and _fits(over, personal):
        return over
    before = [m for m in p.actors if m.end <= token.idx and _fits(m, personal) and not _inside_force(p, m)]
    left = [m for m in p.left_actors if _fits(m, personal)]
    if token.dep_ in SUBJECTS and not before:
        return left[0] if left else None
    pool = [m for m in before if _is_subject(p, m)] or before
    return pool[-1] if pool else (left[0] if left else None)


def _fits(match: ActorMatch, personal: bool) -> bool:
    if not match.code or match.form == "modifier":
        return False
    return match.form in PERSONAL_FORMS or len(match.code) > 3 if personal else True


def _inside_force(p: Parsed, match: ActorMatch) -> bool:
    """A demonym before a noun is no antecedent by itself, its noun phrase may be."""
    tokens = p.tokens(match.start, match.end)
    return match.form == "demonym" and bool(tokens) and tokens[-1].dep_ in ("amod",)


def _is_subject(p: Parsed, match: ActorMatch) -> bool:
    return any(t.dep_ in SUBJECTS for t in p.tokens(match.start, match.end))


def _subject_match(p: Parsed, token: Token) -> ActorMatch | None:
    """The actor in the subject of a clause over the pronoun."""
    for verb in above(token):
        if verb.pos_ not in ("VERB", "AUX"):
            continue
        thing = subject(verb)
        if thing is None or thing.i >= token.i or thing.pos_ == "PRON" and thing.lower_ not in ("who", "which"):
            continue
        if thing.lower_ in ("who", "which") and verb.dep_ in ("relcl", "acl"):
            thing = verb.head
        if thing.i < token.i <= thing.right_edge.i and not list(thing.subtree)[0].i <= token.i:
            continue
        span = p.span(*phrase(thing))
        found = [m for m in p.actors_in(span) if m.code]
        if found:
            return found[-1]
    return None
