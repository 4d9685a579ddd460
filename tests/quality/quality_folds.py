"""The tables of a candidate that its mentions are folded to, made by the very SQL of the aggregate stage."""

from collections.abc import Iterator
from hashlib import sha1

import duckdb

from troopwatch.aggregate import ddl
from troopwatch.aggregate.stage import VARIABLES
from troopwatch.settings import SQL
from troopwatch.tables import PUBLISHED, Table

FOLDED = ["claims", "episodes", "episodes_strict", "episodes_loose", "episode_differences", "rival_figures"]
FOLDED += ["demand_matrix"]


def digest(words: str) -> str:
    return sha1(words.encode(), usedforsecurity=False).hexdigest()


def fold(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the tables in the catalog `edition`; without constraints, so that tests can spoil them."""
    for name, value in VARIABLES.items():
        connection.execute(f"SET VARIABLE {name} = ?", [value])
    connection.execute((SQL / "before" / "macros.sql").read_text(encoding="utf-8"))
    for name in FOLDED:
        select = (SQL / f"{name}.sql").read_text(encoding="utf-8")
        for statement in _statements(PUBLISHED[name], select):
            connection.execute(statement)


def _statements(table: Table, select: str) -> Iterator[str]:
    if table.is_view:
        yield from ddl.create_view(table, select)
    else:
        yield f"CREATE TABLE edition.{table.name} AS SELECT {', '.join(table.names)} FROM ({select})"
        yield from ddl.comments(table, "TABLE")
