"""docs/queries.md: every question of include/queries, answered on the demo's days; run as a script it is printed."""

import html
import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
from e2e_days import NEWSROOM_DAYS, run_newsroom

from troopwatch.publish.exports.questions import Question, all_of

SHOWN = 10
"""Rows of an answer that are printed."""
WIDE = 72
"""Characters of a cell that are printed: sentences go on, ids do not need to."""
HEAD = """# Questions, and what the demo answers

Each is a file of `include/queries` and of an edition's `queries/`, and runs on any published file: `duckdb -readonly
troopwatch.duckdb < queries/02_figures_over_time.sql`, or as [reading.md](reading.md) says. The answers are those of the
demo: eight days of five invented outlets in autumn 2024. Long texts and ids are cut (…) here, as are answers after
"""


def demo(data: Path) -> Path:
    """The published file of the demo's days, each published before the next, as scheduled runs would do it."""
    run_newsroom(data, NEWSROOM_DAYS)
    return data / "published" / "troopwatch.duckdb"


def answer(database: Path, question: Question) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Names of the columns, and the rows."""
    with duckdb.connect(str(database), read_only=True) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        found = connection.sql(question.sql)
        return list(found.columns), found.fetchall()


def markdown(database: Path) -> str:
    return "\n".join([f"{HEAD}{SHOWN} rows. `make docs` writes this page.\n", *_sections(database)])


def _sections(database: Path) -> Iterator[str]:
    for question in all_of():
        columns, rows = answer(database, question)
        yield f"## {question.words}\n"
        if question.notes:
            yield "\n".join(question.notes) + "\n"
        yield f"`{question.path.name}`: {len(rows)} row{'s' * (len(rows) != 1)}.\n"
        yield f"```sql\n{question.sql}\n```\n"
        if rows:
            yield "\n".join([_line(columns), _line(["---"] * len(columns)), *map(_line, rows[:SHOWN])]) + "\n"


def _line(values: Sequence[Any]) -> str:
    return f"| {' | '.join(map(_cell, values))} |"


def _cell(value: Any) -> str:
    """A value in a table of Markdown: text from the web stays text there."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC):%Y-%m-%d %H:%M}"
    words = " ".join(str(value).split())
    cut = f"{words[:WIDE].rstrip()}…" if len(words) > WIDE else words
    short = f"{cut[:8]}…" if len(cut) == 40 and cut.isalnum() else cut
    return (
        html.escape(short, quote=False)
        .replace("\\", "\\\\")
        .replace("|", "\\|")
        .replace("`", "\\`")
        .replace("*", "\\*")
    )


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        sys.stdout.write(markdown(demo(Path(folder))))
