"""The dictionaries load, are versioned, and name what is wrong in them."""

import re
import shutil
from collections import Counter
from pathlib import Path

import pytest

from troopwatch.detect.codebook import CodebookError, load
from troopwatch.detect.names.actor_specs import PersonSpec, RoleSpec, StateSpec, TermSpec, entries, files
from troopwatch.detect.names.place_specs import PlaceSpec
from troopwatch.settings import CODEBOOK

ACTORS = CODEBOOK / "actors"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "codebook"
    shutil.copytree(CODEBOOK, copy)
    return copy


def test_version_and_parts() -> None:
    codebook = load()
    assert re.fullmatch(r"\d+\.\d+\.\d+", codebook.version)
    assert codebook.actors.find("Russia")[0].code == "RUS"
    assert codebook.places.find("Crimea")[0].country == "UKR"
    assert load() is codebook


def test_lexicon_files_stand_under_their_stem(folder: Path) -> None:
    (folder / "lexicon").mkdir(exist_ok=True)
    (folder / "lexicon" / "probe.yaml").write_text("words: [on, off, yes, no]\nflag: true\n")
    assert load(folder).lexicon["probe"] == {"words": ["on", "off", "yes", "no"], "flag": True}


@pytest.mark.parametrize(
    ("file", "line", "names"),
    [
        ("actors/groups.yaml", "- {code: XX, form: armed_group, names: [Probe], example: Probe.}", "code"),
        (
            "actors/groups.yaml",
            "- {code: USAREB, form: armed_group, names: [Probe], example: Probe., colour: red}",
            "colour",
        ),
        ("actors/groups.yaml", "- {code: null, form: armed_group, names: [Probe], example: Probe.}", "reason"),
        (
            "actors/leaders_past.yaml",
            "- {name: Probe, code: USAGOV, office: king, from: 2001-01-01, to: 2000-01-01}",
            "from",
        ),
        ("places/regions_europe.yaml", "- {name: Probe, kind: planet, country: USA}", "kind"),
    ],
)
def test_a_wrong_entry_is_named_with_its_file(folder: Path, file: str, line: str, names: str) -> None:
    path = folder / file
    path.write_text(path.read_text() + line + "\n")
    with pytest.raises(CodebookError, match=f"(?s){path.name}.*Probe.*{names}"):
        load(folder)


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "version.yaml").unlink()
    with pytest.raises(CodebookError, match=r"version\.yaml"):
        load(folder)


def test_bad_yaml_is_named(folder: Path) -> None:
    (folder / "actors" / "bodies.yaml").write_text("- {code: [")
    with pytest.raises(CodebookError, match=r"bodies\.yaml"):
        load(folder)


def test_an_alias_of_an_unknown_city_is_named(folder: Path) -> None:
    path = folder / "places" / "aliases.yaml"
    path.write_text(path.read_text() + "- {city: Nowhere, country: USA, names: [Probe]}\n")
    with pytest.raises(CodebookError, match="Nowhere"):
        load(folder)


def test_states_are_complete() -> None:
    states = [s for path in files(ACTORS, "states") for s in entries(path, StateSpec)]
    codes = Counter(s.code for s in states)
    assert max(codes.values()) == 1
    assert len(codes) >= 193 + len({"XKX", "TWN", "PSE", "VAT", "SUN", "YUG", "CSK", "DDR"})
    assert {"XKX", "TWN", "PSE", "VAT", "SUN", "YUG", "CSK", "DDR"} <= set(codes)


def test_the_dictionaries_are_as_large_as_they_claim() -> None:
    persons = [p for path in files(ACTORS, "leaders") for p in entries(path, PersonSpec)]
    terms = [
        t
        for kind in ("organs", "bodies", "groups", "peoples")
        for f in files(ACTORS, kind)
        for t in entries(f, TermSpec)
    ]
    places = [p for path in files(CODEBOOK / "places", "regions") for p in entries(path, PlaceSpec)]
    assert len(persons) >= 1400
    assert len({p.code[:3] for p in persons}) >= 60
    assert len(terms) >= 250
    assert len(places) >= 1000


def test_role_words_belong_to_one_sector() -> None:
    roles = [role for path in files(ACTORS, "roles") for role in entries(path, RoleSpec)]
    words = Counter(word.lower().replace("-", " ") for role in roles for word in role.words)
    assert [w for w, n in words.items() if n > 1] == []


def test_files_stay_short() -> None:
    paths = [*ACTORS.glob("*.yaml"), *(CODEBOOK / "places").glob("*.yaml")]
    assert [p.name for p in paths if len(p.read_text(encoding="utf-8").splitlines()) > 250] == []
