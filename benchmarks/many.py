"""A published file with many times its mentions: rows of the same shape, with ids and days of their own.

Repetition n shifts the days by n times the file's length, and starts again at the first day after `SPAN` repetitions:
ten years of them for a file of three months. Every derived table can be made anew from these rows by its own SQL.
"""

from pathlib import Path

import duckdb

from troopwatch import sql
from troopwatch.aggregate import stage
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
    stage.prepare(connection)
    sql.attach(connection, published, "source", "READ_ONLY")
    sql.attach(connection, into, "edition")
    for name in PUBLISHED:
        stage.create(connection, name)
    for name in PUBLISHED:
        if name in ROWS:
            connection.execute(f"INSERT INTO edition.{name} BY NAME {_many(name, times)}")
        elif not derived(name) and not PUBLISHED[name].is_view:
            connection.execute(f"INSERT INTO edition.{name} BY NAME SELECT * FROM source.{name}")
    return connection


def derived(name: str) -> bool:
    """Whether a table, and no view, is made from other tables of the file alone."""
    made = SQL / f"{name}.sql"
    is_table = made.exists() and name not in ROWS and not PUBLISHED[name].is_view
    return is_table and "lake." not in stage.select(name)


def _many(name: str, times: int) -> str:
    columns = PUBLISHED[name].names
    length = "(SELECT (max(day) - min(day) + 1)::INTEGER FROM source.coverage)"
    shift = f"(nth % {SPAN})::INTEGER * {length}"
    changed = [f"printf('%0{OWN}x', nth) || substr({c}, {OWN + 1}) AS {c}" for c in columns if c in IDS]
    changed += [f"({c} + {shift})::DATE AS {c}" for c in columns if c in {"day", "first_day", "last_day", "claim_date"}]
    changed += [f"published_at + to_days({shift}) AS published_at"]
    repeated = f"(SELECT rows.*, nth FROM source.{name} AS rows, (SELECT range AS nth FROM range({times})))"
    return f"SELECT * EXCLUDE (nth) REPLACE ({', '.join(changed)}) FROM {repeated}"
