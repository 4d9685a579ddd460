"""Words and files in SQL, for the few places where no parameter may stand."""

from pathlib import Path

import duckdb


def quoted(words: object) -> str:
    """A text as SQL has it."""
    return "'" + str(words).replace("'", "''") + "'"


def attach(connection: duckdb.DuckDBPyConnection, path: Path, name: str, option: str = "READ_WRITE") -> None:
    """Attach a DuckDB file under a name of our own. Raises duckdb.Error where it cannot be read."""
    connection.execute(f"ATTACH {quoted(path)} AS {name} ({option})")
