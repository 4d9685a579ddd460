"""What a check is: said here in plain words and data, so that suites need no library to be built or listed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Generic, TypeVar

Row = dict[str, Any]
Context = TypeVar("Context")


class Severity(StrEnum):
    """What a failed check does: critical closes the gate, warning is printed in the report, info is kept."""

    CRITICAL = "critical"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True)
class Check:
    """One expectation of Great Expectations by the name of its class and its arguments, with what it means in words."""

    id: str
    meaning: str
    expectation: str
    arguments: Mapping[str, Any]
    severity: Severity = Severity.CRITICAL


@dataclass(frozen=True)
class Meaning(Generic[Context]):
    """A check of a kind that no column can say: it looks at a row and at what stands around it.

    `objection` is what is wrong with a row, in words, or None: the words become a column that is expected to be NULL.
    """

    name: str
    words: str
    objection: Callable[[Row, Context], str | None]
    severity: Severity = Severity.CRITICAL


@dataclass(frozen=True)
class Suite:
    """Rows, and the checks that they are put to."""

    table: str
    columns: Sequence[str]
    rows: Sequence[Row]
    checks: Sequence[Check]
    key: Sequence[str]
    objections: Mapping[str, Sequence[str | None]] = field(default_factory=dict)
    """Columns made by meanings, by the id of their check."""
    parameters: Mapping[str, float] = field(default_factory=dict)
    """What checks name as `$PARAMETER`: bounds that are not the same every day."""
