"""What a column and a table are: the words that `tables` says everything with."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

import pyarrow as pa

ACTOR_CODE = r"^([A-Z]{3}|---)([A-Z]{3}){0,3}$"
"""One actor code: ISO 3166-1 alpha-3 or IGO, then sectors (codebook 1.2)."""


class Stage(StrEnum):
    """The five stages and the gate: they name packages, task groups and data folders alike."""

    SCRAPE = "scrape"
    NORMALIZE = "normalize"
    DETECT = "detect"
    QUALITY = "quality"
    AGGREGATE = "aggregate"


@dataclass(frozen=True)
class Column:
    """A column, said once: the Arrow schema, the SQL comments, the checks and the docs follow from it."""

    name: str
    type: pa.DataType
    meaning: str
    null: bool = False
    values: tuple[str, ...] = ()
    pattern: str | None = None
    minimum: float | None = None
    maximum: float | None = None


@dataclass(frozen=True)
class Table:
    """A table: where it lives, what a row is, its columns, and the columns that identify and order its rows."""

    name: str
    stage: Stage
    meaning: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    is_view: bool = False
    """Whether it holds no rows of its own: the published file asks other tables for them."""
    schema: pa.Schema = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        fields = [pa.field(c.name, c.type, c.null, {"comment": c.meaning}) for c in self.columns]
        object.__setattr__(self, "schema", pa.schema(fields))

    def __getitem__(self, name: str) -> Column:
        return next(c for c in self.columns if c.name == name)

    @property
    def names(self) -> list[str]:
        return [c.name for c in self.columns]


def text(name: str, meaning: str, *, null: bool = False, pattern: str | None = None) -> Column:
    return Column(name, pa.string(), meaning, null, pattern=pattern)


def code(name: str, meaning: str) -> Column:
    """An actor code; NULL where the actor is not named or not resolved."""
    return Column(name, pa.string(), meaning, null=True, pattern=ACTOR_CODE)


def one_of(name: str, meaning: str, values: str, *, null: bool = False) -> Column:
    """A column with a closed list of values, given as one string of words."""
    return Column(name, pa.string(), meaning, null, values=tuple(values.split()))


def whole(name: str, meaning: str, *, null: bool = False, minimum: int | None = 0) -> Column:
    return Column(name, pa.int64(), meaning, null, minimum=minimum)


def number(name: str, meaning: str, *, null: bool = False) -> Column:
    return Column(name, pa.float64(), meaning, null)


def share(name: str, meaning: str, *, null: bool = False) -> Column:
    return Column(name, pa.float64(), meaning, null, minimum=0.0, maximum=1.0)


def flag(name: str, meaning: str, *, null: bool = False) -> Column:
    return Column(name, pa.bool_(), meaning, null)


def day(name: str, meaning: str, *, null: bool = False) -> Column:
    return Column(name, pa.date32(), meaning, null)


def instant(name: str, meaning: str, *, null: bool = False) -> Column:
    """A point in time, UTC, in microseconds, as DuckDB and Parquet keep it."""
    return Column(name, pa.timestamp("us", tz="UTC"), meaning, null)


def span(name: str, what: str) -> tuple[Column, Column, Column]:
    """The words of something and where they stand: half-open code-point offsets into the document's text."""
    return (
        text(f"{name}_text", f"{what}: the words as they stand in the text", null=True),
        whole(f"{name}_start", f"{what}: offset of the first code point in the text", null=True),
        whole(f"{name}_end", f"{what}: offset after the last code point", null=True),
    )


def flat(*parts: Column | Iterable[Column]) -> tuple[Column, ...]:
    """Columns and groups of columns in one tuple, so that shared groups are written once."""
    return tuple(c for part in parts for c in ([part] if isinstance(part, Column) else part))
