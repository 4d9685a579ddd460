"""The journal of a visit: its rows as they come, so that a process that is killed leaves them behind."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any, Self

import pyarrow as pa

from troopwatch.lake import LakeError
from troopwatch.tables import LAKE

Row = dict[str, Any]
FETCHES = LAKE["fetches"]
END = "the end"
_READ = {pa.date32(): date.fromisoformat, pa.timestamp("us", tz="UTC"): datetime.fromisoformat}


class Journal:
    """Rows of `fetches` as lines of JSON, each on the disk before the next address is asked for."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file

    @classmethod
    @contextmanager
    def opened(cls, path: Path) -> Iterator[Self]:
        """A new journal. Raises LakeError where it cannot be written."""
        try:
            with path.open("w", encoding="utf-8") as file:
                yield cls(file)
        except OSError as error:
            raise LakeError(f"cannot write {path}: {error.strerror or error}") from error

    def write(self, row: Row) -> None:
        self._file.write(json.dumps(row, default=lambda value: value.isoformat()) + "\n")
        self._file.flush()

    def end(self) -> None:
        """Note that the visit has asked for all that it was to ask for."""
        self._file.write(END + "\n")
        self._file.flush()


def is_ended(path: Path) -> bool:
    """Whether nothing is missing in a journal: its process was killed after the visit."""
    return path.read_text(encoding="utf-8").endswith(f"\n{END}\n")


def read(path: Path) -> list[Row]:
    """The rows of a journal, but for a last one that was not finished."""
    return [row for line in path.read_bytes().splitlines() if (row := _row(line))]


def _row(line: bytes) -> Row | None:
    try:
        said = json.loads(line)
        return {c.name: _value(said[c.name], c.type) for c in FETCHES.columns}
    except (ValueError, KeyError, TypeError):
        return None


def _value(said: Any, kind: pa.DataType) -> Any:
    reading = _READ.get(kind)
    return reading(said) if reading and said is not None else said
