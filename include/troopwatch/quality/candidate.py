"""A DuckDB file as the edition's gate looks at it: shapes and counts, never whole tables."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

import duckdb

from troopwatch import sql
from troopwatch.tables import Column, Table

Words = Mapping[str, str | None]
"""Something about a table's columns, by their name; about the table itself, under the empty name."""

OWN_COMMENT = """
SELECT comment FROM duckdb_tables() WHERE table_name = ?
UNION ALL
SELECT comment FROM duckdb_views() WHERE view_name = ? AND NOT internal
"""


class Candidate:
    """The open file. Schema `main` is the edition's: nothing else may be in it."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def ask(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        return self._connection.execute(sql, values).fetchall()

    @cached_property
    def _columns(self) -> list[tuple[str, str, str, str | None]]:
        """Table, name, type and comment of every column, in order."""
        named = "SELECT table_name, column_name, data_type, comment FROM duckdb_columns() WHERE NOT internal"
        return self.ask(f"{named} ORDER BY table_name, column_index")

    @property
    def names(self) -> set[str]:
        return {table for table, *_ in self._columns}

    def types(self, table: str) -> Words:
        return {name: type_ for of, name, type_, _ in self._columns if of == table}

    def comments(self, table: str) -> Words:
        ((own,),) = self.ask(OWN_COMMENT, table, table)
        return {"": own} | {name: comment for of, name, _, comment in self._columns if of == table}

    def expected_types(self, table: Table) -> Words:
        """The types that DuckDB itself has for the table's Arrow schema."""
        empty = self._connection.from_arrow(table.schema.empty_table())
        return dict(zip(empty.columns, map(str, empty.types), strict=True))

    def broken(self, table: Table, rules: Words) -> list[str]:
        """The rules, conditions in SQL by name, that rows of a table break, and how many rows break each."""
        counts = ", ".join(f"count(*) FILTER (WHERE {condition})" for condition in rules.values())
        (found,) = self.ask(f'SELECT {counts} FROM "{table.name}"')  # noqa: S608 - names and rules are those of `tables`
        return [f"{rule} in {n} rows" for rule, n in zip(rules, found, strict=True) if n]

    def doubled(self, table: Table) -> int:
        """Rows whose key another row has before them; unlike in a lake table, NULL is a value like any other here."""
        key = ", ".join(f'"{name}"' for name in table.key)
        (found,) = self.ask(f'SELECT count(*) - count(DISTINCT row({key})) FROM "{table.name}"')  # noqa: S608 - as above
        return int(found[0])


def nulls(table: Table) -> Words:
    """What must not be: a column without a value that must have one."""
    return {f"{c.name} is NULL": f'"{c.name}" IS NULL' for c in table.columns if not c.null}


def strays(table: Table) -> Words:
    """What must not be: values outside what `tables` allows."""
    return {rule: condition for column in table.columns for rule, condition in _strays(column)}


def _strays(column: Column) -> Iterator[tuple[str, str]]:
    name = f'"{column.name}"'
    if column.values:
        yield f"{column.name} is unknown", f"{name} NOT IN ({', '.join(map(sql.quoted, column.values))})"
    if column.pattern:
        yield f"{column.name} has another form", f"NOT regexp_matches({name}, {sql.quoted(column.pattern)})"
    if column.minimum is not None:
        yield f"{column.name} is below {column.minimum:g}", f"{name} < {column.minimum}"
    if column.maximum is not None:
        yield f"{column.name} is above {column.maximum:g}", f"{name} > {column.maximum}"
