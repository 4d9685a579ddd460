"""Reading the actor dictionaries: `include/codebook/actors/*.yaml` into terms."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from troopwatch.detect.names.actor_entries import Entry, Rule, Term
from troopwatch.detect.names.actor_specs import (
    AmbiguousSpec,
    IgnoreSpec,
    PersonSpec,
    RoleSpec,
    StateSpec,
    TermSpec,
    entries,
    files,
)
from troopwatch.detect.names.actor_trie import TermTrie
from troopwatch.detect.names.actor_words import Words, read_words

# Shorter names in capitals are acronyms already, or too short to be told from other words.
_SHOUTED = 4
_HEADS = frozenset(
    {"president", "prime minister", "king", "queen", "emir", "chancellor", "supreme leader", "crown prince", "leader"}
    | {"secretary general", "chairman", "sultan", "premier", "taoiseach", "chief executive", "commission president"}
)


@dataclass(frozen=True)
class Dictionary:
    """All that the actor files say."""

    terms: TermTrie[Term]
    roles: TermTrie[RoleSpec]
    role_ends: TermTrie[RoleSpec]
    words: Words
    countries: Mapping[str, StateSpec]
    names: Mapping[str, frozenset[str]]
    """Of each country: the words that tell that a text is about it."""
    rules: Mapping[str, Rule]
    """How ambiguous names are read, by name."""
    blockers: tuple[str, ...]
    """Names of persons, organs, bodies and groups: within them there are no places."""
    person_words: frozenset[str]
    """Given names and surnames: alone they are hardly ever a small city."""


class _Builder:
    def __init__(self, words: Words) -> None:
        self._terms: dict[str, Term] = {}
        self._words = words
        self._ignored: list[str] = []

    def state(self, file: str, spec: StateSpec) -> None:
        names = {"country": spec.names, "demonym": spec.demonyms, "capital": spec.capital}
        for form, terms in names.items():
            code = f"{spec.code}GOV" if form == "capital" else spec.code
            for term in terms:
                self._term(term).entries.append(Entry(f"{file}:{spec.code}", spec.names[0], form, code))

    def named(self, file: str, spec: TermSpec) -> None:
        id_ = f"{file}:{spec.names[0]}"
        entry = Entry(id_, spec.names[0], spec.form, spec.code, spec.since, spec.until, spec.reason)
        for name in spec.names:
            self._term(name).entries.append(entry)

    def person(self, file: str, spec: PersonSpec) -> None:
        official = "minister" if spec.code.endswith("GOV") else "official"
        form = "leader" if spec.office in _HEADS else official
        entry = Entry(f"{file}:{spec.name}", spec.name, form, spec.code, spec.since, spec.until, office=spec.office)
        for name in (spec.name, *spec.aliases):
            self._term(name).persons.append(entry)
        short = spec.short or spec.name.split()[-1]
        if short != spec.name and short not in spec.aliases:
            term = self._term(short)
            term.surname.append(entry)
            term.common = short in self._words.common_surnames
            term.never_alone = short in self._words.never_alone

    def ambiguous(self, file: str, spec: AmbiguousSpec) -> None:
        for name in spec.terms:
            self._term(name).rule = Rule.of(f"{file}:{name}", spec)

    def ignore(self, names: Iterable[str], everywhere: bool = False) -> None:
        for name in names:
            if everywhere:
                self._ignored.append(name)
            term = self._terms.get(name)
            if term is None or not (term.entries or term.persons):
                self._term(name).ignored = True

    def rules(self) -> dict[str, Rule]:
        return {name: term.rule for name, term in self._terms.items() if term.rule}

    def blockers(self) -> tuple[str, ...]:
        national = {"country", "demonym", "capital", "place_of_origin"}
        named = (n for n, t in self._terms.items() if t.persons or any(e.form not in national for e in t.entries))
        return (*named, *self._ignored)

    def person_words(self) -> frozenset[str]:
        """Words of persons' names: given names and surnames."""
        return frozenset(word for name, term in self._terms.items() if term.persons for word in name.split())

    def trie(self) -> TermTrie[Term]:
        trie: TermTrie[Term] = TermTrie()
        for name, term in self._terms.items():
            if len(name) >= _SHOUTED and not name.isupper() and trie.get(name.upper()) is None:
                trie.add(name.upper(), term)
        for name, term in self._terms.items():
            known = trie.get(name)
            trie.add(name, _joined(known, term) if known and known is not term else term)
        return trie

    def _term(self, name: str) -> Term:
        return self._terms.setdefault(name, Term())


def _joined(a: Term, b: Term) -> Term:
    """Two spellings that the lookup does not tell apart."""
    return Term(
        a.entries + b.entries,
        a.persons + b.persons,
        a.surname + b.surname,
        a.common or b.common,
        a.never_alone or b.never_alone,
        b.rule or a.rule,
        a.ignored and b.ignored,
    )


def read_dictionary(folder: Path, place_names: Iterable[str] = ()) -> Dictionary:
    """The actor files of `folder`. Names of places that hold an actor's name ("Sea of Japan") are no actors.

    Raises CodebookError naming the file and entry that is wrong.
    """
    words = read_words(folder / "words.yaml")
    builder = _Builder(words)
    countries = _read_states(folder, builder)
    _read_names(folder, builder)
    builder.ignore(place_names)
    roles, ends = _read_roles(folder)
    return Dictionary(
        terms=builder.trie(),
        roles=roles,
        role_ends=ends,
        words=words,
        countries=countries,
        names={code: frozenset([*s.names, *s.demonyms, *s.capital]) for code, s in countries.items()},
        rules=builder.rules(),
        blockers=builder.blockers(),
        person_words=builder.person_words(),
    )


def _read_names(folder: Path, builder: _Builder) -> None:
    for path in (p for stem in ("organs", "bodies", "groups", "peoples") for p in files(folder, stem)):
        for named in entries(path, TermSpec):
            builder.named(path.stem, named)
    for path in files(folder, "leaders"):
        for person in entries(path, PersonSpec):
            builder.person(path.stem, person)
    for path in files(folder, "ambiguous"):
        for rule in entries(path, AmbiguousSpec):
            builder.ambiguous(path.stem, rule)
    for path in files(folder, "ignore"):
        for spec in entries(path, IgnoreSpec):
            builder.ignore(spec.names, everywhere=True)


def _read_states(folder: Path, builder: _Builder) -> dict[str, StateSpec]:
    countries = {}
    for path in files(folder, "states"):
        for spec in entries(path, StateSpec):
            builder.state(path.stem, spec)
            countries[spec.code] = spec
    return countries


def _read_roles(folder: Path) -> tuple[TermTrie[RoleSpec], TermTrie[RoleSpec]]:
    forwards: TermTrie[RoleSpec] = TermTrie(folded=True)
    backwards: TermTrie[RoleSpec] = TermTrie(folded=True, backwards=True)
    for path in files(folder, "roles"):
        for spec in entries(path, RoleSpec):
            for word in spec.words:
                forwards.add(word, spec)
                backwards.add(word, spec)
    return forwards, backwards
