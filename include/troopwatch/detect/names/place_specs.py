"""What the YAML files of the places may hold."""

from typing import Annotated, Literal

from pydantic import Field

from troopwatch.detect.names.actor_specs import Country, Name, Spec

Kind = Literal["country", "demonym", "region", "city", "base", "sea", "island", "site"]


class PlaceSpec(Spec):
    """One place that the city gazetteer lacks, or whose name alone would be misread there."""

    name: Name
    aliases: tuple[Name, ...] = ()
    kind: Kind
    country: Country | None
    geonameid: int | None = None
    disputed: bool = False
    alone: bool = True
    """False where the name is also an ordinary word or a person's: it counts only with "region", "airport" after it."""


class AliasSpec(Spec):
    """Other spellings of a city of the gazetteer."""

    city: Name
    country: Country
    names: Annotated[list[Name], Field(min_length=1)]


class PlaceWords(Spec):
    """Words around a place's name; lower case."""

    directions: frozenset[str]
    """Before a name: *eastern* Ukraine."""
    regions: frozenset[str]
    """After a name: Kursk *region*. They make a city's name the region's."""
    sites: frozenset[str]
    """After a name: Hostomel *airport*."""
    titles: frozenset[str]
    """Before a name they tell that it is a person's."""


class CitySettings(Spec):
    """Which cities of the gazetteer are taken."""

    population: Annotated[int, Field(ge=1000)]
    """Smallest population, in all countries but those in `closer`."""
    closer: Annotated[int, Field(ge=1000)]
    """The same, in the countries that matter most in this news."""
    closer_in: list[Country]
    rival: Annotated[float, Field(gt=1)]
    """A city is meant without further words if it is so many times larger than the next of its name."""
    short: list[Name]
    """The only names of at most four letters that are taken."""
    stop: list[Name]
    """Cities whose names are ordinary words, persons or other things far more often."""
