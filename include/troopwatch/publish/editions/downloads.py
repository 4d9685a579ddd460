"""What an edition offers beside its DuckDB file."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb

from troopwatch.tables import PUBLISHED

# A spreadsheet takes what begins like this for a formula; the apostrophe makes it a text.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write(database: Path, folder: Path, edition: Mapping[str, Any]) -> dict[str, dict[str, int]]:
    """Write the edition's tables into its folder; rows by format and table."""
    with duckdb.connect(str(database), read_only=True) as connection:
        counts = {name: connection.execute(f"SELECT count(*) FROM {name}").fetchall()[0][0] for name in PUBLISHED}  # noqa: S608 - our tables
    return {"duckdb": counts}


def write_csv(path: Path, columns: Mapping[str, Sequence[object]]) -> None:
    """Columns as CSV (RFC 4180, UTF-8); NULL is an empty field."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows([_guarded(value) for value in row] for row in zip(*columns.values(), strict=True))


def _guarded(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
