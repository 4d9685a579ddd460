"""The downloads of one edition in one folder, made from its DuckDB file and counted in every format."""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
from xlsxwriter.exceptions import XlsxWriterException

from troopwatch.lake import LakeError
from troopwatch.publish.edition import PublishError, opened
from troopwatch.publish.exports import comma, description, parquet, questions, readme, sums, workbook
from troopwatch.tables import PUBLISHED, Table

Counts = dict[str, dict[str, int]]
DATABASE = "troopwatch.duckdb"
WORKBOOK = "troopwatch.xlsx"


def write(database: Path, folder: Path, edition: Mapping[str, Any]) -> Counts:
    """Write the downloads of a published file into a folder, and SHA256SUMS of them; as `make`."""
    counts = make(database, folder, edition)
    with _written(folder):
        sums.write(folder)
    return counts


def make(database: Path, folder: Path, edition: Mapping[str, Any]) -> Counts:
    """Write the downloads of a published file into a folder; rows by format and table.

    `edition` is its row in the table `editions`, or what is known of it: README.txt, datapackage.json and the workbook
    repeat that. All else depends on the rows alone, so the same rows and facts give the same bytes. The DuckDB file
    itself goes along, byte for byte, unless it lies there already; only its bytes are not the same for the same rows.
    Files of the same names are replaced, one after the other: whoever calls this puts the folder in place when it is
    whole. Raises PublishError where the file cannot be read and where a format has not as many rows as the others,
    LakeError where the folder cannot be written to.
    """
    with _written(folder):
        return _make(database, folder, {name: _said(value) for name, value in edition.items()})


@contextmanager
def _written(folder: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, pa.ArrowException, XlsxWriterException) as error:
        raise LakeError(f"cannot write the downloads to {folder}: {error}; what is published is intact") from error


def _make(database: Path, folder: Path, edition: Mapping[str, str | int]) -> Counts:
    for name in ("parquet", "csv", "queries"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    rows, sheets = _tables(database, folder, edition)
    counts = rows | {"xlsx": workbook.counted(folder / WORKBOOK, sheets)}
    check_equal(counts, {sheet.table.name for sheet in sheets if sheet.left_out})
    description.write(folder, {table: counts["csv"][table.name] for table in PUBLISHED.values()}, edition)
    (folder / "README.txt").write_text(readme.text(edition, sheets), encoding="utf-8")
    for question in questions.all_of():
        shutil.copyfile(question.path, folder / "queries" / question.path.name)
    if not (folder / DATABASE).exists() or not database.samefile(folder / DATABASE):
        shutil.copyfile(database, folder / DATABASE)
    return counts


def _said(fact: Any) -> str | int:
    """A fact about an edition as text or number: instants in UTC, lists with commas."""
    if isinstance(fact, datetime):
        return f"{fact.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    return ", ".join(map(str, fact)) if isinstance(fact, list) else fact if isinstance(fact, int) else str(fact)


def check_equal(counts: Counts, left_out: set[str]) -> None:
    """Raises PublishError where a format lacks rows that another has; `left_out` need not be in the workbook."""
    for name, rows in counts["duckdb"].items():
        found = {form: of.get(name) for form, of in counts.items() if not (form == "xlsx" and name in left_out)}
        if set(found.values()) != {rows}:
            raise PublishError(f"the downloads do not agree on the rows of {name}: {found}; publish again")


def _tables(database: Path, folder: Path, edition: Mapping[str, str | int]) -> tuple[Counts, list[workbook.Sheet]]:
    """The rows by format and table of all formats but the workbook, and what became of each table in that."""
    counts: Counts = {"duckdb": {}, "parquet": {}, "csv": {}}
    made: dict[Table, tuple[Path, int]] = {}
    with opened(database) as source:
        connection = source.connection
        for name, table in PUBLISHED.items():
            path = folder / "parquet" / f"{name}.parquet"
            counts["duckdb"][name] = source.rows(f"SELECT count(*) AS n FROM {name}")[0]["n"]
            counts["parquet"][name] = parquet.write(connection, table, path)
            counts["csv"][name] = comma.write(connection, table, path, folder / "csv" / f"{name}.csv")
            made[table] = path, counts["parquet"][name]
        return counts, workbook.write(connection, made, folder / WORKBOOK, edition)
