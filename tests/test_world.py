"""The real outlets of include/sources/world: written from knowledge, and none of them tried."""

from collections import Counter
from pathlib import Path

import pytest
import yaml

from troopwatch import sources
from troopwatch.settings import CODEBOOK, Settings

WORLD = Settings().sources / "world"
PATHS = sorted(WORLD.glob("*.yaml"))
REGIONS = {
    "Korea": "KOR PRK",
    "Japan, China, Taiwan": "JPN CHN HKG TWN",
    "Ukraine": "UKR",
    "Russia and Belarus": "RUS BLR",
    "Europe": "GBR FRA DEU BEL POL EST LVA LTU FIN BIH",
    "Caucasus": "GEO ARM AZE",
    "North America": "USA CAN",
    "Middle East": "QAT ISR SAU TUR IRN ARE LBN EGY",
    "Africa": "ZAF KEN NGA SDN ETH",
    "South Asia": "PAK IND BGD AFG",
    "Southeast Asia": "MMR SGP PHL THA IDN VNM",
    "Oceania": "AUS NZL",
    "Latin America": "URY ARG BRA COL HTI MEX VEN",
}


def world() -> list[sources.Feed | sources.Sitemap | sources.Warc]:
    return sources.choose(WORLD.parent, "world")


def test_they_are_many_live_and_english() -> None:
    assert len(world()) >= 100
    assert {source.kind for source in world()} == {"feed", "sitemap"}
    assert {source.language for source in world()} == {"en"}


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_each_says_that_it_is_untried_how_to_try_it_and_what_is_known_of_it(path: Path) -> None:
    told = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("# ")]
    assert told[0].startswith("# Not tried yet") and f"sources check {path.stem}`" in told[0]
    assert len(" ".join(told[1:])) > 60, "what its maintainer knows of it"


def test_no_address_and_no_title_stands_twice() -> None:
    seen = Counter(str(s.url).rstrip("/") for s in world()) + Counter(s.title for s in world())
    assert [what for what, times in seen.items() if times > 1] == []


def test_nothing_is_promised_of_what_was_not_tried() -> None:
    assert {source.articles.floor for source in world()} == {0}


@pytest.mark.parametrize("region", REGIONS)
def test_every_region_is_covered(region: str) -> None:
    assert sum(source.country in REGIONS[region].split() for source in world()) >= 2


def test_every_country_is_in_a_region() -> None:
    named = {source.country for source in world()} - {None}
    assert named <= set(" ".join(REGIONS.values()).split())


def test_official_voices_speak_for_actors_of_the_codebook() -> None:
    voices = {source.name: source.voice for source in world() if source.voice}
    assert len(voices) >= 15
    known = {entry["code"] for entry in yaml.safe_load((CODEBOOK / "actors" / "bodies.yaml").read_text("utf-8"))}
    bodies = {voice for voice in voices.values() if voice.startswith("IGO")}
    assert bodies == {"IGOWSTNAT", "IGOEUREEC", "IGOUNO", "IGOUNOIAE", "IGOAFRAFU"}
    assert bodies <= known
    for source in world():
        if source.voice and source.country:
            assert source.voice[:3] == source.country and source.voice[3:] in {"GOV", "MIL"}
