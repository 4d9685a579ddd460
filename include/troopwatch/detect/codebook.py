"""The codebook's dictionaries as one object: actors, places and the lexicon of the rules."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any

from pydantic import Field, ValidationError

from troopwatch.detect.names.actor_data import read_dictionary
from troopwatch.detect.names.actor_specs import CodebookError, Spec, parsed
from troopwatch.detect.names.actors import ActorIndex
from troopwatch.detect.names.place_data import place_names, read_gazetteer
from troopwatch.detect.names.places import PlaceIndex
from troopwatch.settings import CODEBOOK

__all__ = ["Codebook", "CodebookError", "load"]


class _Version(Spec):
    version: Annotated[str, Field(pattern=r"^\d+\.\d+\.\d+$")]


@dataclass(frozen=True)
class Codebook:
    """One version of the dictionaries; `lexicon` is each file of lexicon/ as it stands, by file stem."""

    version: str
    actors: ActorIndex
    places: PlaceIndex
    lexicon: Mapping[str, Any]


@cache
def load(folder: Path = CODEBOOK) -> Codebook:
    """Read and check all files of `folder`. Raises CodebookError naming the file and entry that is wrong."""
    version = _version(folder / "version.yaml")
    dictionary = read_dictionary(folder / "actors", place_names(folder / "places"))
    gazetteer = read_gazetteer(folder / "places", dictionary)
    lexicon = {path.stem: parsed(path) for path in sorted((folder / "lexicon").glob("*.yaml"))}
    return Codebook(version, ActorIndex(dictionary), PlaceIndex(gazetteer), MappingProxyType(lexicon))


def _version(path: Path) -> str:
    try:
        return _Version.model_validate(parsed(path)).version
    except ValidationError as error:
        raise CodebookError(f"{path.name}: {error}") from None
