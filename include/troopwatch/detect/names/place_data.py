"""Reading the places: `include/codebook/places/*.yaml`, the states of the actors, and cities from a library."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from troopwatch.detect.names.actor_data import Dictionary
from troopwatch.detect.names.actor_entries import Rule
from troopwatch.detect.names.actor_specs import CodebookError, StateSpec, entries, files, parsed
from troopwatch.detect.names.actor_tokens import tokenize
from troopwatch.detect.names.actor_trie import TermTrie
from troopwatch.detect.names.place_cities import Place, cities, country_ids
from troopwatch.detect.names.place_specs import AliasSpec, CitySettings, PlaceSpec, PlaceWords

_SHOUTED = 4
_SHORT = 4
# A city so large is meant even where its name is also that of a person.
_KNOWN = 500_000
M = TypeVar("M", CitySettings, PlaceWords)


@dataclass
class PlaceTerm:
    """All places of one name, the largest first; `rule` tells readings of an ambiguous country name apart."""

    places: list[Place] = field(default_factory=list)
    rule: Rule | None = None
    ignored: bool = False
    alone: bool = True


@dataclass(frozen=True)
class Gazetteer:
    """All that the place files say."""

    terms: TermTrie[PlaceTerm]
    words: PlaceWords
    names: Mapping[str, frozenset[str]]
    """Of each country: the words that tell that a text is about it."""
    rival: float
    sentence_words: frozenset[str]
    us_states: frozenset[str]


def place_names(folder: Path) -> list[str]:
    """Names of two words and more: an actor's name within them is not that actor ("Sea of Japan")."""
    specs = (spec for path in files(folder, "regions") for spec in entries(path, PlaceSpec))
    return [name for spec in specs for name in (spec.name, *spec.aliases) if len(name.split()) > 1]


def read_gazetteer(folder: Path, actors: Dictionary) -> Gazetteer:
    """The place files of `folder`. Raises CodebookError naming the file and entry that is wrong."""
    settings = _read_one(folder / "cities.yaml", CitySettings)
    terms: dict[str, PlaceTerm] = {}
    _add_curated(folder, terms)
    _add_states(actors.countries, terms)
    _add_cities(folder, settings, terms, actors.person_words)
    _add_blockers(actors, terms)
    words = _read_one(folder / "words.yaml", PlaceWords)
    return Gazetteer(
        _trie(terms), words, actors.names, settings.rival, actors.words.sentence_words, actors.words.us_states
    )


def _read_one(path: Path, model: type[M]) -> M:
    try:
        return model.model_validate(parsed(path))
    except ValidationError as error:
        raise CodebookError(f"{path.name}: {error}") from None


def _add_curated(folder: Path, terms: dict[str, PlaceTerm]) -> None:
    for path in files(folder, "regions"):
        for spec in entries(path, PlaceSpec):
            place = Place(f"{path.stem}:{spec.name}", spec.country, spec.geonameid, spec.disputed, spec.kind)
            for name in (spec.name, *spec.aliases):
                term = terms.setdefault(name, PlaceTerm())
                term.places.append(place)
                term.alone = term.alone and spec.alone


def _add_states(states: Mapping[str, StateSpec], terms: dict[str, PlaceTerm]) -> None:
    ids = country_ids()
    for code, state in states.items():
        for kind, names in (("country", state.names), ("demonym", state.demonyms)):
            place = Place(f"states:{code}", code, ids.get(code), False, kind)
            for name in names:
                if name not in terms:
                    terms[name] = PlaceTerm([place])


def _add_cities(folder: Path, settings: CitySettings, terms: dict[str, PlaceTerm], persons: Collection[str]) -> None:
    stop = frozenset(_plain(name) for name in settings.stop)
    short = frozenset(_plain(name) for name in settings.short)
    curated = frozenset(terms)
    found: dict[str, list[Place]] = {}
    for name, place in cities(settings):
        found.setdefault(name, []).append(place)
        _identify(terms.get(name), place)
    for name, places in _spelled(folder, found):
        plain = _plain(name)
        if name in curated or plain in stop or (len(plain) <= _SHORT and plain not in short):
            continue
        if plain not in persons or places[0].population > _KNOWN:
            term = terms.setdefault(name, PlaceTerm())
            term.places = sorted([*term.places, *places], key=lambda p: -p.population)


def _plain(name: str) -> str:
    return " ".join(t.norm for t in tokenize(name))


def _identify(term: PlaceTerm | None, city: Place) -> None:
    """A town or region of the codebook without an id takes that of the city of its name in its country."""
    if term is None:
        return
    for n, place in enumerate(term.places):
        if place.geonameid is None and place.country == city.country and place.kind in ("city", "region"):
            term.places[n] = replace(place, geonameid=city.geonameid)


def _spelled(folder: Path, found: Mapping[str, list[Place]]) -> Iterator[tuple[str, list[Place]]]:
    yield from found.items()
    for path in files(folder, "aliases"):
        for spec in entries(path, AliasSpec):
            places = [p for p in found.get(spec.city, []) if p.country == spec.country]
            if not places:
                raise CodebookError(f"{path.name}: entry {spec.city}: no such city in {spec.country}")
            yield from ((name, places) for name in spec.names)


def _add_blockers(actors: Dictionary, terms: dict[str, PlaceTerm]) -> None:
    """Persons and organs known to the actors: a city's or country's name within theirs is no place."""
    for name, rule in actors.rules.items():
        if name in terms:
            terms[name].rule = rule
    for name in actors.blockers:
        term = terms.get(name)
        if term is None or all(p.kind == "city" and p.population for p in term.places):
            terms[name] = PlaceTerm(ignored=True)


def _trie(terms: Mapping[str, PlaceTerm]) -> TermTrie[PlaceTerm]:
    trie: TermTrie[PlaceTerm] = TermTrie()
    for name, term in terms.items():
        if len(name) >= _SHOUTED and not name.isupper():
            trie.add(name.upper(), term)
    for name, term in terms.items():
        known = trie.get(name)
        trie.add(name, _joined(known, term) if known else term)
    return trie


def _joined(known: PlaceTerm, other: PlaceTerm) -> PlaceTerm:
    """Two spellings that the lookup does not tell apart; what the codebook itself says wins over the library."""
    if known.ignored or known.rule or not all(p.population for p in known.places):
        return known
    if other.ignored or other.rule or not all(p.population for p in other.places):
        return other
    unique = dict.fromkeys([*known.places, *other.places])
    return PlaceTerm(sorted(unique, key=lambda p: -p.population))
