"""The data folder: one Parquet file for a table, a day and a part; each is replaced whole or not at all.

    <data>/<stage>/<table>/day=2022-02-24/<part>.parquet

A part is what one task writes: a source in the scrape stage, `all` elsewhere. Rows are sorted by the table's key and
files carry no time of writing, so the same rows give the same bytes.
"""

import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from hashlib import file_digest
from pathlib import Path
from typing import IO, Any

import pyarrow as pa
import pyarrow.parquet as pq
from filelock import FileLock

from troopwatch import days
from troopwatch.tables import Table

Rows = Iterable[Mapping[str, Any]]


class LakeError(RuntimeError):
    """The data folder cannot be read or written; the message names the file and what to do."""


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """A file to write to that takes the place of `path` at the end, whole, or leaves the old one as it was.

    Raises LakeError where the disk is full or the folder cannot be written to.
    """
    name = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp", delete=False) as file:
            name = Path(file.name)
            yield file
            file.flush()
            os.fsync(file.fileno())
        name.chmod(0o644)
        name.replace(path)
    except OSError as error:
        raise LakeError(f"cannot write {path}: {error.strerror or error}; what stood there before is intact") from error
    finally:
        if name:
            name.unlink(missing_ok=True)


def to_arrow(table: Table, rows: Rows) -> pa.Table:
    """Rows as an Arrow table in the order of the table's key. Raises LakeError for a row that does not fit."""
    try:
        made = pa.Table.from_pylist([{name: row[name] for name in table.names} for row in rows], schema=table.schema)
        made.validate(full=True)
    except (pa.ArrowInvalid, pa.ArrowTypeError, KeyError) as error:
        raise LakeError(f"a row does not fit table {table.name}: {error!r}") from error
    if empty := [f.name for f in table.schema if not f.nullable and made[f.name].null_count]:
        raise LakeError(f"a row does not fit table {table.name}: it has no {', '.join(empty)}")
    return made.sort_by([(name, "ascending") for name in table.key])


@dataclass(frozen=True)
class Lake:
    """The partitions under one data folder."""

    root: Path

    def folder(self, table: Table, day: date) -> Path:
        return self.root / table.stage / table.name / f"day={day}"

    def path(self, table: Table, day: date, part: str = "all") -> Path:
        return self.folder(table, day) / f"{part}.parquet"

    def replace(self, table: Table, day: date, rows: Rows, part: str = "all") -> Path:
        """Replace one part of a day by these rows; none is an empty part, which says: looked, and found nothing."""
        return write_file(table, rows, self.path(table, day, part))

    def drop(self, table: Table, day: date, part: str) -> None:
        """Remove one part of a day, if it is there."""
        self.path(table, day, part).unlink(missing_ok=True)

    def parts(self, table: Table, day: date) -> list[Path]:
        """The files of a day. Asked for every day of the history, and so without the detours of pathlib."""
        folder = self.folder(table, day)
        try:
            names = os.listdir(folder)  # noqa: PTH208 - names alone are ten times as fast as paths
        except (FileNotFoundError, NotADirectoryError):
            return []
        return [folder / name for name in sorted(names) if name.endswith(".parquet") and not name.startswith(".")]

    def read(self, table: Table, day: date) -> pa.Table:
        """All parts of a day in one table; no part at all is an empty one. Raises LakeError for a damaged file."""
        return pa.concat_tables([table.schema.empty_table(), *(read_file(table, p) for p in self.parts(table, day))])

    def rows(self, table: Table, day: date) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = self.read(table, day).to_pylist()
        return rows

    def columns(self, table: Table, day: date, names: Sequence[str]) -> list[dict[str, Any]]:
        """The rows of a day with some of their columns: texts that are not asked for are not read. Raises LakeError."""
        parts = [read_file(table, path, names).to_pylist() for path in self.parts(table, day)]
        return [row for part in parts for row in part]

    def days(self, table: Table) -> list[date]:
        """The days that have a partition, in order."""
        found = self.root.joinpath(table.stage, table.name).glob("day=*/*.parquet")
        return sorted({day for path in found if (day := days.said_by(path.parent.name.removeprefix("day=")))})

    def relative(self, path: Path) -> str:
        """A file's name as it stands in the tables: from the root of the data folder, with forward slashes."""
        return path.relative_to(self.root).as_posix()

    @contextmanager
    def lock(self, name: str) -> Iterator[None]:
        """Hold the lake's lock of this name: two runs that write the same thing take turns."""
        path = self.root / ".locks" / f"{name}.lock"
        lock = FileLock(path)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            lock.acquire()
        except OSError as error:
            raise LakeError(f"cannot write in {self.root}: {error.strerror or error}") from error
        try:
            yield
        finally:
            lock.release()


def write_file(table: Table, rows: Rows, path: Path) -> Path:
    """Replace one partition file by these rows. Raises LakeError."""
    made = to_arrow(table, rows)
    with replacing(path) as file:
        pq.write_table(made, file, compression="zstd", row_group_size=65536, write_page_index=True)
    return path


def read_file(table: Table, path: Path, names: Sequence[str] | None = None) -> pa.Table:
    """One partition file, or only the columns of these names. Raises LakeError: it is damaged or of another schema."""
    wanted = table.schema if names is None else pa.schema([field for field in table.schema if field.name in names])
    try:
        read = pq.ParquetFile(path).read(wanted.names)
    except (pa.ArrowException, OSError) as error:
        raise LakeError(f"{path} is damaged ({error}): run the {table.stage} stage of its day again") from error
    if not read.schema.equals(wanted):
        raise LakeError(f"{path} does not have the columns of table {table.name}: run the {table.stage} stage again")
    return read


def fingerprint(path: Path) -> str:
    """sha256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
