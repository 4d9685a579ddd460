"""What the YAML files of the codebook may hold, and how they are read."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator

from troopwatch.tables.model import ACTOR_CODE

Form = Literal[
    "country",
    "demonym",
    "capital",
    "government",
    "leader",
    "minister",
    "official",
    "military",
    "parliament",
    "court",
    "police",
    "intelligence",
    "body",
    "armed_group",
    "party",
    "media",
    "ngo",
    "company",
    "people",
    "place_of_origin",
]
Code = Annotated[str, Field(pattern=ACTOR_CODE)]
Country = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
Sector = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
Name = Annotated[str, Field(min_length=1)]


class CodebookError(ValueError):
    """A dictionary file that is wrong; the message names the file and the entry."""


class Spec(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Dated(Spec):
    """What holds from a day to a day, both inclusive; open where not given."""

    since: date | None = Field(default=None, alias="from")
    until: date | None = Field(default=None, alias="to")

    @model_validator(mode="after")
    def in_order(self) -> "Dated":
        if self.since and self.until and self.since > self.until:
            raise ValueError("from: is after to")
        return self


class StateSpec(Spec):
    """A state: plain names need no example."""

    code: Country
    names: Annotated[list[Name], Field(min_length=1)]
    demonyms: list[Name] = []
    capital: list[Name] = []


class TermSpec(Dated):
    """An organ, body, group or people by its names; `example` holds the first of them."""

    code: Code | None
    form: Form
    names: Annotated[list[Name], Field(min_length=1)]
    example: str
    reason: str | None = None

    @model_validator(mode="after")
    def explained(self) -> "TermSpec":
        if self.code is None and self.reason is None:
            raise ValueError("reason: is missing where there is no code")
        return self


class PersonSpec(Dated):
    """One office of one person. `short` is the name used alone, where it is not the last word of `name`."""

    name: Name
    aliases: list[Name] = []
    short: Name | None = None
    code: Code
    office: Name


class ReadingSpec(Spec):
    """One reading of an ambiguous term and the words that speak for it."""

    code: Code | None
    """None: the word is something else altogether and no actor or place is found."""
    form: Form | None = None
    near: list[Name] = []
    before: list[Name] = []
    after: list[Name] = []
    beside_name: bool = False
    """Whether a capitalised word directly beside the term speaks for it: a person's name."""


class AmbiguousSpec(Spec):
    """A term with several readings; without a word that speaks for one it is `default`, None being unknown."""

    terms: Annotated[list[Name], Field(min_length=1)]
    form: Form = "country"
    readings: list[ReadingSpec]
    default: Code | None
    only_after: list[Name] = []
    """Read at all only directly after one of these words: *the* North."""
    silent: bool = False
    """Whether nothing is found, instead of the default, where no word speaks for a reading."""
    reason: str
    example: str


class RoleSpec(Spec):
    """Words for an office or organ that a demonym or a state's name turns into an actor."""

    sector: Sector
    form: Form
    kind: Literal["person", "organ", "private"]
    words: Annotated[list[Name], Field(min_length=1)]
    example: str


class IgnoreSpec(Spec):
    """Names that hold a dictionary term without being that actor."""

    names: Annotated[list[Name], Field(min_length=1)]
    example: str


M = TypeVar("M", bound=BaseModel)


class _WordLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # the base is chosen at run time
    """YAML in which on, off, yes and no are words, as these files are full of them."""


_WordLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
    for first, resolvers in _WordLoader.yaml_implicit_resolvers.items()
}
_WordLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"true|false"), list("tf"))


def entries(path: Path, model: type[M]) -> list[M]:
    """The list of entries in one file. Raises CodebookError naming file and entry."""
    try:
        return TypeAdapter(list[model]).validate_python(parsed(path))  # type: ignore[valid-type]  # a type as a value
    except ValidationError as error:
        raise CodebookError("\n".join(_complaints(path, error))) from None


def parsed(path: Path) -> Any:
    """One file as plain data. Raises CodebookError naming the file."""
    try:
        return yaml.load(path.read_text(encoding="utf-8"), _WordLoader)  # noqa: S506 - the loader is a safe one
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise CodebookError(f"{path.name}: {error}") from None


def files(folder: Path, stem: str) -> list[Path]:
    """The files of one kind: `stem.yaml` and `stem_*.yaml`, sorted."""
    return sorted([*folder.glob(f"{stem}.yaml"), *folder.glob(f"{stem}_*.yaml")])


def _complaints(path: Path, error: ValidationError) -> Iterator[str]:
    data = parsed(path)
    for fault in error.errors():
        where = fault["loc"]
        entry = data[where[0]] if where and isinstance(where[0], int) and isinstance(data, list) else data
        field = ".".join(str(part) for part in where[1:])
        yield f"{path.name}: entry {_label(entry)}: {field}: {fault['msg']}"


def _label(entry: object) -> str:
    if isinstance(entry, Mapping):
        return str(next((entry[k] for k in ("name", "names", "terms", "words", "code") if k in entry), entry))
    return repr(entry)
