"""A published file with many times its mentions: rows of the same shape, with ids and days of their own.

Repetition n shifts the days by n times the file's length, and starts again at the first day after `SPAN` repetitions:
ten years of them for a file of three months. Every derived table can be made anew from these rows by its own SQL.
"""

from pathlib import Path

import duckdb

from troopwatch.aggregate import ddl
from troopwatch.aggregate.stage import VARIABLES
from troopwatch.settings import SQL
from troopwatch.tables import PUBLISHED

SPAN = 41
IDS = {
    "article_id",
    "doc_id",
    "record_id",
    "sentence_id",
    "deployment_record_id",
    "group_id",
    "syndication_id",
    "claim_id",
}
ROWS = ("articles", "deployments", "demands")
"""Tables that are multiplied; the derived ones follow from them."""
OWN = 6
"""Hexadecimal digits of an id that name the repetition."""


def multiply(published: Path, into: Path, times: int) -> duckdb.DuckDBPyConnection:
    """A new file with `times` repetitions of a published one, attached as `edition`; derived tables are empty."""
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'")
    for name, value in VARIABLES.items():
        connection.execute(f"SET VARIABLE {name} = ?", [value])
    connection.execute((SQL / "before" / "macros.sql").read_text(encoding="utf-8"))
    connection.execute(f"ATTACH '{published}' AS source (READ_ONLY)")
    connection.execute(f"ATTACH '{into}' AS edition")
    for table in PUBLISHED.values():
        for statement in ddl.create_view(table, select(table.name)) if table.is_view else ddl.create(table):
            connection.execute(statement)
    for name in PUBLISHED:
        if name in ROWS:
            connection.execute(f"INSERT INTO edition.{name} BY NAME {_many(name, times)}")
        elif not derived(name) and not PUBLISHED[name].is_view:
            connection.execute(f"INSERT INTO edition.{name} BY NAME SELECT * FROM source.{name}")
    return connection


def fill(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """Make the rows of one derived table, by its own SQL and in its own order."""
    key = ", ".join(PUBLISHED[name].key)
    connection.execute(f"INSERT INTO edition.{name} BY NAME SELECT * FROM ({select(name)}) ORDER BY {key}")


def count(connection: duckdb.DuckDBPyConnection, name: str) -> int:
    ((found,),) = connection.execute(f"SELECT count(*) FROM edition.{name}").fetchall()
    return int(found)


def derived(name: str) -> bool:
    """Whether a table, and no view, is made from other tables of the file alone."""
    made = SQL / f"{name}.sql"
    is_table = made.exists() and name not in ROWS and not PUBLISHED[name].is_view
    return is_table and "lake." not in select(name)


def select(name: str) -> str:
    return (SQL / f"{name}.sql").read_text(encoding="utf-8")


def _many(name: str, times: int) -> str:
    columns = PUBLISHED[name].names
    length = "(SELECT (max(day) - min(day) + 1)::INTEGER FROM source.coverage)"
    shift = f"(nth % {SPAN})::INTEGER * {length}"
    changed = [f"printf('%0{OWN}x', nth) || substr({c}, {OWN + 1}) AS {c}" for c in columns if c in IDS]
    changed += [f"({c} + {shift})::DATE AS {c}" for c in columns if c in {"day", "first_day", "last_day", "claim_date"}]
    changed += [f"published_at + to_days({shift}) AS published_at"]
    repeated = f"(SELECT rows.*, nth FROM source.{name} AS rows, (SELECT range AS nth FROM range({times})))"
    return f"SELECT * EXCLUDE (nth) REPLACE ({', '.join(changed)}) FROM {repeated}"
