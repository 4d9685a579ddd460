"""The lake's rows once more, in one DuckDB file: a partition is read again only when its bytes are others.

Ten years of days are tens of thousands of small files, and to open them takes longer than all the SQL that follows.
The file is a copy that may be removed at any time: <data>/.cache/rows.duckdb.
"""

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path

import duckdb
import pyarrow as pa

from troopwatch import quality, sql
from troopwatch.aggregate import ddl
from troopwatch.lake import Lake, LakeError, read_file
from troopwatch.tables import LAKE, Table

FILE = Path(".cache") / "rows.duckdb"
LEFT_OUT = {"documents": ("text",)}
"""Columns that no table of the edition is made from, and that are larger than all others together."""
AT_ONCE = 256
"""Partition files that are read into memory together."""
Files = Mapping[str, str]
"""sha256 by partition file, named from the root of the data folder."""


def attach(connection: duckdb.DuckDBPyConnection, lake: Lake, wanted: Mapping[str, Files]) -> None:
    """Make the rows of exactly the `wanted` files, by table, readable as `state.<table>`.

    Whoever calls holds the lake's lock `aggregate`. Raises LakeError for a damaged partition.
    """
    path = lake.root / FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        _open(connection, path)
    except duckdb.Error:  # of another version of DuckDB or of the tables, or damaged
        _remove(path)
        _open(connection, path)
    for name, files in wanted.items():
        _refresh(connection, lake, LAKE[name], files)


def columns(table: Table) -> str:
    """The columns of a lake table as a query names them; NULL for those that are not kept here."""
    absent = LEFT_OUT.get(table.name, ())
    return ", ".join(f'NULL AS "{name}"' if name in absent else f'"{name}"' for name in table.names)


def _open(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Attach the file, with tables as they are now. Raises duckdb.Error where it holds others."""
    sql.attach(connection, path, "state")
    shape = sha256("".join(_statements()).encode()).hexdigest()
    connection.execute("CREATE TABLE IF NOT EXISTS state.shape AS SELECT ? AS digest", [shape])
    if connection.execute("SELECT digest FROM state.shape").fetchall() != [(shape,)]:
        connection.execute("DETACH state")
        raise duckdb.CatalogException("the tables are others by now")
    for statement in _statements():
        connection.execute(statement)


def _remove(path: Path) -> None:
    for leftover in path.parent.glob(f"{path.name}*"):
        leftover.unlink()


def _statements() -> Iterator[str]:
    yield "CREATE TABLE IF NOT EXISTS state.files (in_table VARCHAR, file VARCHAR, sha256 VARCHAR)"
    for table in LAKE.values():
        columns = ", ".join(f'"{field.name}" {ddl.sql_type(field.type)}' for field in _schema(table))
        yield f"CREATE TABLE IF NOT EXISTS state.{table.name} ({columns}, from_file VARCHAR)"


def _schema(table: Table) -> pa.Schema:
    return pa.schema([field for field in table.schema if field.name not in LEFT_OUT.get(table.name, ())])


def _refresh(connection: duckdb.DuckDBPyConnection, lake: Lake, table: Table, wanted: Files) -> None:
    """Bring one table to exactly the wanted files, in one transaction."""
    held = "SELECT file, sha256 FROM state.files WHERE in_table = ?"
    there = dict(connection.execute(held, [table.name]).fetchall())
    if there == wanted:
        return
    gone = [file for file, digest in there.items() if wanted.get(file) != digest]
    fresh = {file: digest for file, digest in wanted.items() if there.get(file) != digest}
    connection.execute("BEGIN")
    connection.execute("DELETE FROM state.files WHERE in_table = ? AND file IN (SELECT unnest(?))", [table.name, gone])
    connection.execute(f"DELETE FROM state.{table.name} WHERE from_file IN (SELECT unnest(?))", [gone])
    files = list(fresh.items())
    for start in range(0, len(files), AT_ONCE):
        _insert(connection, lake, table, files[start : start + AT_ONCE])
    connection.execute("COMMIT")


def _insert(connection: duckdb.DuckDBPyConnection, lake: Lake, table: Table, files: Sequence[tuple[str, str]]) -> None:
    read = [_read(lake, table, *file) for file in files]
    connection.register("arrow_fresh", pa.concat_tables(read))
    connection.execute(f"INSERT INTO state.{table.name} BY NAME SELECT * FROM arrow_fresh")
    connection.unregister("arrow_fresh")
    connection.executemany("INSERT INTO state.files VALUES (?, ?, ?)", [[table.name, *file] for file in files])


def _read(lake: Lake, table: Table, file: str, digest: str) -> pa.Table:
    path = lake.root / file
    rows = read_file(table, path, _schema(table).names)
    if quality.digest(lake, path) != digest:
        raise LakeError(f"{path} changed while it was being aggregated: run the aggregate stage again")
    return rows.append_column("from_file", pa.array([file] * len(rows), pa.string()))
