"""An analyst's process: reads the published file over and over while days are run, and says what it has seen.

`python analyst.py FILE STOP`: opens FILE read-only until the file STOP is there, then prints a line of JSON.
"""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from troopwatch.quality.sums import SUMS
from troopwatch.tables import PUBLISHED

Counts = dict[str, int]
TOTALS = """
SELECT
    (SELECT coalesce(sum(new_documents), 0) FROM coverage) - (SELECT count(*) FROM articles),
    (SELECT coalesce(sum(mentions), 0) FROM daily_demands) - (SELECT count(*) FROM demands)
"""
"""What coverage and the days' counts say, less what there is."""


def main(database: Path, stop: Path) -> dict[str, Any]:
    """How often the file was read, how many different ones that were, and what was wrong with any."""
    seen: set[str] = set()
    reads, wrong = 0, []
    while not stop.exists():
        if database.exists():
            counts, troubles = read(database)
            seen.add(json.dumps(counts))
            wrong += troubles
            reads += 1
        time.sleep(0.05)
    return {"reads": reads, "different": len(seen), "wrong": wrong[:10]}


def read(database: Path) -> tuple[Counts, list[str]]:
    """Rows by table, read to the last value; what does not add up, or has changed under an open connection."""
    with duckdb.connect(str(database), read_only=True) as connection:
        counts = _counts(connection)
        wrong = [each.name for each in SUMS if connection.execute(each.sql).fetchall()]
        wrong += [f"totals differ by {found}" for found in connection.execute(TOTALS).fetchall() if any(found)]
        wrong += [] if _counts(connection) == counts else ["the file changed while it was open"]
    return counts, wrong


def _counts(connection: duckdb.DuckDBPyConnection) -> Counts:
    return {name: len(connection.execute(f'SELECT * FROM "{name}"').fetchall()) for name in PUBLISHED}


@contextmanager
def analyst(database: Path, stop: Path, around: dict[str, str]) -> Iterator[dict[str, Any]]:
    """The process, at work until the end of the block; what it has seen is in the yielded dictionary then."""
    found: dict[str, Any] = {}
    command = [sys.executable, __file__, str(database), str(stop)]
    process = subprocess.Popen(command, env=around, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        yield found
    finally:
        stop.touch()
        said, trouble = process.communicate(timeout=60)
    found |= json.loads(said) if process.returncode == 0 else {"reads": 0, "wrong": [trouble]}


if __name__ == "__main__":
    print(json.dumps(main(*map(Path, sys.argv[1:3]))))  # noqa: T201 a line for whoever started it
