"""The rows of a table in the order of its key, in slabs of one size: the same rows give the same bytes."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow as pa

from troopwatch.tables import Table

ROWS = 65536
"""Rows of a slab, and of a row group of the lake's Parquet files."""


def of_table(connection: duckdb.DuckDBPyConnection, table: Table) -> Iterator[pa.Table]:
    """A published table as `tables` says it, comments included; an empty one is one empty slab."""
    columns, key = _listed(table.names), _listed(table.key)
    for slab in _slabs(connection, f"SELECT {columns} FROM {table.name} ORDER BY {key}", []):
        yield pa.table([slab[field.name].cast(field.type) for field in table.schema], schema=table.schema)


def flat(connection: duckdb.DuckDBPyConnection, table: Table, parquet: Path) -> Iterator[pa.Table]:
    """The same rows out of the Parquet file, with lists and structs as JSON: for formats whose cells hold one value."""
    columns = (
        f'to_json("{column.name}")::VARCHAR AS "{column.name}"'
        if pa.types.is_nested(column.type)
        else f'"{column.name}"'
        for column in table.columns
    )
    yield from _slabs(connection, f"SELECT {', '.join(columns)} FROM read_parquet(?)", [str(parquet)])


def _listed(names: list[str] | tuple[str, ...]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _slabs(connection: duckdb.DuckDBPyConnection, sql: str, values: list[str]) -> Iterator[pa.Table]:
    """Slabs of exactly ROWS rows but for the last, however many DuckDB hands over at a time."""
    reader = connection.sql(sql, params=values).to_arrow_reader(ROWS)
    held, handed = reader.schema.empty_table(), 0
    for batch in reader:
        held = pa.concat_tables([held, pa.Table.from_batches([batch])])
        while held.num_rows >= ROWS:
            yield held.slice(0, ROWS).combine_chunks()
            held, handed = held.slice(ROWS), handed + 1
    if held.num_rows or not handed:
        yield held.combine_chunks()
