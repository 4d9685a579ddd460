"""DuckDB files for tests of the downloads: all published tables, with the rows that a test is about."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from troopwatch.aggregate import ddl
from troopwatch.tables import PUBLISHED, Column

EDITION = {
    "edition": 7,
    "made_at": datetime(2024, 11, 5, 0, 30, tzinfo=UTC),
    "days": [date(2024, 11, 3), date(2024, 11, 4)],
    "content": "d" * 64,
}
HOSTILE = {
    "formula": '=HYPERLINK("http://evil.example","click")',
    "plus": "+1+1",
    "minus": "-2+3",
    "at": "@SUM(A1:A9)",
    "wide": "＝1+1",
    "tab": "\t=1+1",
    "return": "\r=1+1",
    "line": "\n=1+1",
    "quoted": '"=1+1"',
    "apostrophe": "'=1+1",
    "spaced": "  =1+1",
    "unseen": "\u200b\ufeff=1+1",
    "behind a control": "\x00\x1f=1+1",
    "behind a semicolon": "a sentence;=1+1;\t@x",
    "behind a line": "a sentence\r\n-1 and more",
    "guarded already": "''=1+1",
    "apostrophe and tab": "'\t1",
    "separators": "he said \"go, now\";\r\nthen, 'no'",
    "control": "bell \x07, escape \x1b, delete \x7f, next line \x85",
    "nul": "before\x00after",
    "not for XML": "\ufffe\uffff",
    "looks escaped": "_x0041_ and _x000D_",
    "markup": "<b>&amp;</row></b>",
    "direction": "\u202eright to left\u202c",
    "astral": "😀 \U0010ffff",
    "null in words": "NULL",
    "empty": "",
    "spaces only": "   ",
    "number in words": "00012",
    "a date": "1/2",
    "backslashes": r"\N \u0041 \"",
}
"""Texts by what is wrong with them."""


def make(path: Path, **rows: Iterable[Mapping[str, Any]]) -> Path:
    """A file with these rows by table; what a row does not say is NULL, or else some value that fits."""
    path.unlink(missing_ok=True)
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{path}' AS edition")
        for name, table in PUBLISHED.items():
            for statement in ddl.create(table):
                connection.execute(statement)
            filled = [{c.name: row.get(c.name, _some(c)) for c in table.columns} for row in rows.get(name, ())]
            made = pa.Table.from_pylist(filled, schema=table.schema)
            connection.execute(f"INSERT INTO edition.{name} BY NAME SELECT * FROM made")
            assert made.num_rows == len(filled)
        connection.execute("DETACH edition")
    return path


def facts(words: Mapping[str, str]) -> list[dict[str, Any]]:
    """Rows of the table `meta`, the only one that is all text."""
    return [{"key": key, "value": value, "meaning": "a text"} for key, value in words.items()]


def _some(column: Column) -> Any:
    if column.null:
        return None
    if column.values:
        return column.values[0]
    if pa.types.is_list(column.type):
        return []
    if column.pattern:
        return {"^[0-9a-f]{64}$": "a" * 64, "^[0-9a-f]{40}$": "b" * 40}.get(column.pattern, "en")
    return {
        pa.string(): "some text",
        pa.int64(): 1,
        pa.float64(): 0.5,
        pa.bool_(): True,
        pa.date32(): date(2024, 10, 17),
        pa.timestamp("us", tz="UTC"): datetime(2024, 10, 18, 0, 30, tzinfo=UTC),
    }[column.type]
