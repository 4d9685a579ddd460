"""The published DuckDB file as the report reads it: read-only, in UTC, one day at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from troopwatch.errors import HopelessError
from troopwatch.publish import shelves
from troopwatch.tables import PUBLISHED

Row = dict[str, Any]

COVERAGE = "SELECT * FROM coverage WHERE day = $day ORDER BY source"
CHECKS = "SELECT * FROM quality_checks WHERE day = $day ORDER BY gate, check_id"

# Mentions carry no headline; the article's version has it.
MENTIONS = """
WITH shelved AS (SELECT *, {shelf} AS shelf FROM {table} WHERE day = $day),
ranked AS (
    SELECT
        *,
        count(*) OVER (PARTITION BY shelf) AS on_shelf,
        row_number() OVER (PARTITION BY shelf ORDER BY {order}, outlet, published_at NULLS LAST, record_id) AS nth
    FROM shelved
)
SELECT ranked.*, articles.title
FROM ranked LEFT JOIN articles USING (doc_id)
WHERE nth <= $cap
ORDER BY shelf, nth
"""
ORDERS = {
    "deployments": "force_owner_code NULLS LAST, places[1].country NULLS LAST",
    "demands": "demander_code NULLS LAST, addressee_code NULLS LAST",
}
# The claim says who puts the figure; offsets and the place of the capture stand with its mention.
CLAIMS = """
WITH mentions AS (SELECT *, {shelf} AS shelf FROM deployments WHERE day BETWEEN $first AND $last)
SELECT mentions.*, claims.claimed_by, articles.title
FROM troop_claims AS claims
JOIN mentions USING (record_id)
LEFT JOIN articles ON articles.doc_id = mentions.doc_id
ORDER BY record_id
"""
TABLES = "SELECT table_name FROM information_schema.tables"


class PublishError(HopelessError):
    """An edition that cannot go up, or a published file that cannot be read; the message names it and what to do."""


@dataclass(frozen=True)
class Edition:
    """An open edition. Rows come as plain dicts, instants in UTC, in an order that the rows alone decide."""

    connection: duckdb.DuckDBPyConnection

    def rows(self, sql: str, **values: Any) -> list[Row]:
        found: list[Row] = self.connection.sql(sql, params=values).to_arrow_table().to_pylist()
        return found

    def coverage(self, day: date) -> list[Row]:
        return self.rows(COVERAGE, day=day)

    def checks(self, day: date) -> list[Row]:
        return self.rows(CHECKS, day=day)

    def claims(self, first: date, last: date) -> list[Row]:
        """The figures of these days with their mentions."""
        return self.rows(CLAIMS.format(shelf=shelves.key_of("deployments")), first=first, last=last)

    def mentions(self, day: date, table: str, cap: int) -> list[Row]:
        """The first `cap` rows of every shelf of a table; `on_shelf` counts all of them."""
        sql = MENTIONS.format(table=table, shelf=shelves.key_of(table), order=ORDERS[table])
        return self.rows(sql, day=day, cap=cap)


@contextmanager
def opened(path: Path) -> Iterator[Edition]:
    """An edition, never opened for writing. Raises PublishError where it cannot be read."""
    try:
        with duckdb.connect(str(path), read_only=True) as connection:
            connection.execute("SET TimeZone = 'UTC'")
            yield Edition(connection)
    except duckdb.Error as error:
        raise PublishError(f"{path} cannot be read ({error}): run the aggregate stage again") from error


def verify(path: Path) -> None:
    """Make sure that a candidate is a whole edition before it replaces a good one. Raises PublishError if it is not."""
    wal = path.with_name(f"{path.name}.wal")
    if wal.exists():
        raise PublishError(f"{path} was not closed ({wal.name} lies beside it): run the aggregate stage again")
    with opened(path) as edition:
        missing = PUBLISHED.keys() - {row["table_name"] for row in edition.rows(TABLES)}
    if missing:
        raise PublishError(f"{path} has no table {', '.join(sorted(missing))}: run the aggregate stage again")
