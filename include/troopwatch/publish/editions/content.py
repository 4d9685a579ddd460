"""What an edition says, as digests: of its rows, not of the DuckDB file, whose bytes differ with each writing."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import duckdb

from troopwatch.tables import HISTORY, PUBLISHED

CONTENT = tuple(name for name, table in PUBLISHED.items() if name not in HISTORY and not table.is_view)
"""Tables whose rows are the edition's; views follow from them."""
ROWS = 'SELECT md5(to_json(rows)::VARCHAR) AS digest FROM {database}."{table}" AS rows ORDER BY digest'
"""JSON says every value in one way, and NULL apart from the word; sorted, so that no storage order matters."""
BATCH = 1 << 16


@dataclass(frozen=True)
class Content:
    """Rows and digest of every table but the edition's own history."""

    tables: Mapping[str, tuple[int, str]]

    @property
    def digest(self) -> str:
        """One digest for all."""
        return sha256(
            "\n".join(f"{name} {found}" for name, (_, found) in sorted(self.tables.items())).encode()
        ).hexdigest()

    @property
    def rows(self) -> int:
        return sum(rows for rows, _ in self.tables.values())

    def json(self) -> dict[str, dict[str, Any]]:
        return {name: {"rows": rows, "content": found} for name, (rows, found) in sorted(self.tables.items())}


def of(connection: duckdb.DuckDBPyConnection, database: str) -> Content:
    """The content of an attached file. Raises `duckdb.Error` where a table is missing."""
    return Content({name: _of_table(connection, database, name) for name in CONTENT})


def said(tables: Mapping[str, Mapping[str, Any]]) -> Content:
    """The content as `Content.json` has it."""
    return Content({name: (int(found["rows"]), str(found["content"])) for name, found in tables.items()})


def _of_table(connection: duckdb.DuckDBPyConnection, database: str, table: str) -> tuple[int, str]:
    rows, digest = 0, sha256()
    cursor = connection.execute(ROWS.format(database=database, table=table))
    while batch := cursor.fetchmany(BATCH):
        rows += len(batch)
        digest.update("".join(found for (found,) in batch).encode())
    return rows, digest.hexdigest()
