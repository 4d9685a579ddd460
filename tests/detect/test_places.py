"""Where: the dictionaries' own names, countries, extension by direction and kind, ambiguity, offsets."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from troopwatch.detect.codebook import load
from troopwatch.detect.names.actor_specs import entries, files
from troopwatch.detect.names.place_specs import AliasSpec, PlaceSpec
from troopwatch.detect.names.places import PlaceIndex, PlaceMatch
from troopwatch.settings import CODEBOOK

PLACES = CODEBOOK / "places"


@pytest.fixture(scope="module")
def index() -> PlaceIndex:
    return load().places


@pytest.mark.parametrize("path", files(PLACES, "regions"), ids=lambda path: path.stem)
def test_every_place(index: PlaceIndex, path: Path) -> None:
    """The example of a place is the pattern "Troops were sent to <name> on Monday."

    Names that are not usable alone stand with "province" in it.
    """
    known = [p for f in files(PLACES, "regions") for p in entries(f, PlaceSpec)]
    for spec in entries(path, PlaceSpec):
        for name in (spec.name, *spec.aliases):
            text = f"Troops were sent to {name}{'' if spec.alone else ' province'} on Monday."
            found = index.find(text)
            same = {p.country for p in known if name in (p.name, *p.aliases)}
            assert len(found) == 1, (name, found)
            assert found[0].country in same, (name, found)
            assert name.split()[-1] in found[0].text


def test_no_name_stands_twice() -> None:
    seen: dict[str, str] = {}
    for path in files(PLACES, "regions"):
        for spec in entries(path, PlaceSpec):
            for name in (spec.name, *spec.aliases):
                assert seen.setdefault(name, spec.name) == spec.name, name


@pytest.mark.parametrize("spec", entries(PLACES / "aliases.yaml", AliasSpec), ids=lambda spec: spec.city)
def test_spellings_lead_to_their_city(index: PlaceIndex, spec: AliasSpec) -> None:
    for name in spec.names:
        assert only(index, f"near {name}").country == spec.country, name


COUNTRIES = [
    ("Crimea", "UKR", True),
    ("the Golan Heights", "SYR", True),
    ("Abkhazia", "GEO", True),
    ("Nagorno-Karabakh", "AZE", True),
    ("Transnistria", "MDA", True),
    ("Western Sahara", "ESH", True),
    ("Gaza", "PSE", False),
    ("the West Bank", "PSE", False),
    ("Kosovo", "XKX", False),
    ("Guantanamo Bay", "CUB", False),
    ("Ramstein Air Base", "DEU", False),
    ("Diego Garcia", "IOT", False),
    ("Guam", "GUM", False),
    ("the South China Sea", None, False),
    ("the Korean Peninsula", None, False),
    ("Kharkiv", "UKR", False),
    ("Mosul", "IRQ", False),
    ("Poland’s Rzeszów", "POL", False),
    ("Rzeszow", "POL", False),
    ("Iraqi city of Mosul", "IRQ", False),
    ("Iraq's Anbar province", "IRQ", False),
    ("Latakia, Syria", "SYR", False),
    ("Fort Bragg, North Carolina", "USA", False),
    ("Paris, Texas", "USA", False),
    ("Birmingham, England", "GBR", False),
    ("Tripoli, Lebanon", "LBN", False),
    ("Tripoli", "LBY", False),
    ("eastern Ukraine", "UKR", False),
    ("eastern and southern Ukraine", "UKR", False),
    ("Helmand province", "AFG", False),
    ("Camp Humphreys", "KOR", False),
]


@pytest.mark.parametrize(("name", "country", "disputed"), COUNTRIES)
def test_countries(index: PlaceIndex, name: str, country: str | None, disputed: bool) -> None:
    match = only(index, f"Troops were sent to {name} on Monday.")
    assert (match.country, match.disputed) == (country, disputed)
    assert name.endswith(match.text)


def test_a_part_of_a_country_has_not_its_id(index: PlaceIndex) -> None:
    assert only(index, "in Syria").geonameid
    assert only(index, "in northern Syria").geonameid is None
    assert only(index, "in Kursk").geonameid
    assert only(index, "in Kursk region").geonameid is None


def test_kinds(index: PlaceIndex) -> None:
    kinds = {"in Iraq": "country", "on Iraqi soil": "demonym", "in Mosul": "region", "in Kharkiv": "city"}
    kinds |= {
        "in Kandahar province": "region",
        "at Hostomel airport": "site",
        "the Black Sea": "sea",
        "to Kadena": "base",
    }
    assert {text: only(index, text).kind for text in kinds} == kinds


@pytest.mark.parametrize(
    "text", ["Lloyd Austin spoke.", "General Jackson spoke.", "Michael Jordan scored.", "They marched on."]
)
def test_persons_are_no_places(index: PlaceIndex, text: str) -> None:
    assert index.find(text) == []


def test_ambiguous_countries(index: PlaceIndex) -> None:
    assert only(index, "Russian troops in Georgia".removeprefix("Russian ") + " near Tbilisi").country == "GEO"
    assert [m.country for m in index.find("Georgia")] == [None]
    assert only(index, "in Atlanta, Georgia").country == "USA"
    assert only(index, "in Valencia").country is None


def only(index: PlaceIndex, text: str) -> PlaceMatch:
    found = index.find(text)
    assert found, text
    return found[0]


WORDS = st.sampled_from(
    [
        "eastern",
        "and",
        "Ukraine",
        "Ukraine’s",
        "Kursk",
        "region",
        "air",
        "base",
        ",",
        "-",
        "Rzeszów",
        "Rzeszo\u0301w",
        "\u0301",
        "😀",
        "\x00",
        "Syria",
        "Iraqi",
        "city",
        "of",
        "Mosul",
        "Paris",
        "Texas",
        "North",
        "Carolina",
        "Georgia",
        "Gaza",
        "Strip",
        "\u202e",
        "Tripoli",
    ]
)


@given(st.lists(st.one_of(WORDS, st.text(max_size=6)), max_size=14), st.sampled_from(["", " "]))
def test_offsets_index_the_text(parts: list[str], gap: str) -> None:
    text, index = gap.join(parts), load().places
    found = index.find(text)
    assert found == index.find(text)
    end = 0
    for match in found:
        assert end <= match.start < match.end <= len(text)
        assert text[match.start : match.end] == match.text
        end = match.end
