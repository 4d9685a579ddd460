"""Who is meant: every term of the dictionaries in its own example."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest

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
from troopwatch.detect.names.actor_words import read_words
from troopwatch.detect.names.actors import ActorIndex
from troopwatch.settings import CODEBOOK

ACTORS = CODEBOOK / "actors"
RULES = [a for p in files(ACTORS, "ambiguous") for a in entries(p, AmbiguousSpec)]
VAGUE = read_words(ACTORS / "words.yaml").vague
KINDS = ("organs", "bodies", "groups", "peoples")
DAY = date(2005, 6, 1)


def terms() -> Iterator[TermSpec]:
    for kind in KINDS:
        for path in files(ACTORS, kind):
            yield from entries(path, TermSpec)


@cache
def ruled() -> frozenset[str]:
    """The names that a rule of their own reads by context."""
    return frozenset(name for rule in RULES for name in rule.terms)


def on_a_day_of(spec: TermSpec | PersonSpec) -> date:
    return spec.since + timedelta(days=1) if spec.since and not spec.until else spec.until or DAY


@pytest.mark.parametrize("spec", list(terms()), ids=lambda spec: spec.names[0])
def test_every_name_of_a_term_in_its_example(index: ActorIndex, spec: TermSpec) -> None:
    assert spec.names[0] in spec.example
    for name in set(spec.names) - ruled():
        example = spec.example.replace(spec.names[0], name)
        found = index.find(example, on_a_day_of(spec))
        codes = [m.code for m in found if m.start <= example.index(name) < m.end]
        expected = (
            spec.code if spec.form not in ("place_of_origin", "demonym") or spec.code is None else f"{spec.code}GOV"
        )
        assert codes in ([expected], [spec.code]), (name, found)


@pytest.mark.parametrize("path", files(ACTORS, "states"), ids=lambda path: path.stem)
def test_every_name_of_a_state(index: ActorIndex, path: Path) -> None:
    for spec in entries(path, StateSpec):
        for form, names in (("country", spec.names), ("demonym", spec.demonyms), ("capital", spec.capital)):
            for name in set(names) - ruled():
                match = index.resolve(name)
                expected = f"{spec.code}GOV" if form == "capital" else spec.code
                assert match is not None, name
                assert (match.code, match.form) == (expected, form), name


@pytest.mark.parametrize("path", files(ACTORS, "leaders"), ids=lambda path: path.stem)
def test_every_person_in_office(index: ActorIndex, path: Path) -> None:
    """The example of a person is the pattern "... <name> said ..." on a day in office."""
    people = [p for f in files(ACTORS, "leaders") for p in entries(f, PersonSpec)]
    for spec in entries(path, PersonSpec):
        day = on_a_day_of(spec)
        for name in (spec.name, *spec.aliases):
            match = index.resolve(f"{name}")
            held = {p.code for p in people if name in (p.name, *p.aliases) and covers(p, day)}
            found = index.find(f"On Monday {name} said it would continue.", day)
            assert [m.code for m in found] and found[0].code in held, (name, day, found)
            assert match is not None


def covers(spec: PersonSpec, day: date) -> bool:
    return (spec.since is None or spec.since <= day) and (spec.until is None or day <= spec.until)


@pytest.mark.parametrize("path", files(ACTORS, "leaders"), ids=lambda path: path.stem)
def test_no_name_means_persons_of_two_states_on_one_day(path: Path) -> None:
    people = [p for f in files(ACTORS, "leaders") for p in entries(f, PersonSpec)]
    for spec in entries(path, PersonSpec):
        for name in (spec.name, *spec.aliases):
            day = on_a_day_of(spec)
            owners = {(p.name, p.code[:3]) for p in people if name in (p.name, *p.aliases) and covers(p, day)}
            assert len({country for _, country in owners}) == 1, (name, owners)


@pytest.mark.parametrize("spec", entries(ACTORS / "roles.yaml", RoleSpec), ids=lambda spec: spec.words[0])
def test_every_role_word(index: ActorIndex, spec: RoleSpec) -> None:
    for word in spec.words:
        match = index.resolve(spec.example.replace(spec.words[0], word))
        assert match is not None, word
        if word not in VAGUE:
            assert (match.code, match.form) == (f"KEN{spec.sector}", spec.form), word
            assert match.text.endswith(word)
        assert index.role(f"the {word}") == spec.sector


@pytest.mark.parametrize("spec", RULES, ids=lambda spec: spec.terms[0])
def test_ambiguous_terms_have_readings(index: ActorIndex, spec: AmbiguousSpec) -> None:
    assert any(name in spec.example for name in spec.terms)
    found = index.find(spec.example)
    readings = {r.code for r in spec.readings} | {spec.default}
    assert any(m.code and m.code[:3] in {(c or "")[:3] for c in readings} for m in found) or spec.default is None


@pytest.mark.parametrize("spec", entries(ACTORS / "ignore.yaml", IgnoreSpec), ids=lambda spec: spec.names[0])
def test_ignored_names_are_no_actors(index: ActorIndex, spec: IgnoreSpec) -> None:
    for name in spec.names:
        assert name not in [m.text for m in index.find(f"They said {name} was there.")], name
    assert index.find(spec.example) == []
