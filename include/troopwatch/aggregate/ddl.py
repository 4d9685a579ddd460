"""The SQL that makes a published table, from what `tables` says of it."""

from collections.abc import Iterator

import pyarrow as pa

from troopwatch import sql
from troopwatch.tables import Table

SQL_TYPES = {
    pa.string(): "VARCHAR",
    pa.binary(): "BLOB",
    pa.int64(): "BIGINT",
    pa.float64(): "DOUBLE",
    pa.bool_(): "BOOLEAN",
    pa.date32(): "DATE",
    pa.timestamp("us", tz="UTC"): "TIMESTAMPTZ",
}


def sql_type(arrow: pa.DataType) -> str:
    """DuckDB's type for an Arrow type. Raises KeyError for one that no table uses yet."""
    if pa.types.is_list(arrow):
        return f"{sql_type(arrow.value_type)}[]"
    if pa.types.is_struct(arrow):
        members = ", ".join(f'"{member.name}" {sql_type(member.type)}' for member in arrow)
        return f"STRUCT({members})"
    return SQL_TYPES[arrow]


def create(table: Table) -> Iterator[str]:
    """The statements that make an empty table with its comments."""
    columns = ", ".join(f'"{c.name}" {sql_type(c.type)}{"" if c.null else " NOT NULL"}' for c in table.columns)
    yield f"CREATE TABLE edition.{table.name} ({columns})"
    yield from comments(table, "TABLE")


def create_view(table: Table, select: str) -> Iterator[str]:
    """The statements that make a view with its comments. `select` names the tables it asks without their catalog."""
    # A view keeps its words: they must hold under whatever name the file is opened.
    yield f"USE edition; CREATE VIEW {table.name} AS {select}; USE memory"
    yield from comments(table, "VIEW")


def comments(table: Table, kind: str) -> Iterator[str]:
    """What a table (kind `TABLE`) or a view (`VIEW`) and its columns mean."""
    yield f"COMMENT ON {kind} edition.{table.name} IS {sql.quoted(table.meaning)}"
    for column in table.columns:
        yield f'COMMENT ON COLUMN edition.{table.name}."{column.name}" IS {sql.quoted(column.meaning)}'
