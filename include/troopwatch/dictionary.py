"""docs/data_dictionary.md: every table and column, printed from `tables`."""

from collections.abc import Iterator

from troopwatch.tables import LAKE, PUBLISHED, SCHEMA_VERSION, Column, Table


def markdown() -> str:
    """The whole page."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield f"# Data dictionary, schema {SCHEMA_VERSION}\n"
    yield "Generated from `include/troopwatch/tables` by `make docs`; a test keeps it fresh. `NULL` in the last column"
    yield "says that a value may be missing.\n"
    yield "# The published file: `published/troopwatch.duckdb`\n"
    for table in PUBLISHED.values():
        yield from _table(table, note="It is a view." if table.is_view else "")
    yield "# The lake: `<stage>/<table>/day=YYYY-MM-DD/<part>.parquet`\n"
    for table in LAKE.values():
        yield from _table(table, note=f"Written by the {table.stage} stage.")


def _table(table: Table, note: str = "") -> Iterator[str]:
    yield f"## {table.name}\n"
    yield f"{table.meaning} {note}".strip() + f" One row is identified by {', '.join(f'`{k}`' for k in table.key)}.\n"
    yield "| column | type | meaning | NULL |"
    yield "|---|---|---|---|"
    yield from (_row(column) for column in table.columns)
    yield ""


def _row(column: Column) -> str:
    allowed = f" One of: {', '.join(f'`{v}`' for v in column.values)}." if column.values else ""
    meaning = (column.meaning + allowed).replace("|", "\\|")
    return f"| `{column.name}` | {column.type} | {meaning} | {'NULL' if column.null else ''} |"
