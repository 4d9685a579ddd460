"""What an edition changed, as a table for a spreadsheet."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

from troopwatch.publish.exports import guard


def write_csv(path: Path, columns: Mapping[str, Sequence[object]]) -> None:
    """Columns as CSV (RFC 4180, UTF-8); NULL is an empty field."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows([_guarded(value) for value in row] for row in zip(*columns.values(), strict=True))


def _guarded(value: object) -> object:
    return guard.guarded(value) if isinstance(value, str) else value
