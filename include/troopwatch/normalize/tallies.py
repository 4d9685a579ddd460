"""What became of a day's captures, counted while they are read: a row of `tallies` for each source."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from troopwatch.tables.normalize import tallies

Row = dict[str, Any]
_COUNTED = [column.name for column in tallies.columns if column.name not in tallies.key]


class Tallies:
    """Counts of a day by source and column of the table."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, str]] = Counter()

    def add(self, column: str, source: str, count: int = 1) -> None:
        self._counts[source, column] += count

    def add_rows(self, column: str, made: Iterable[Row]) -> None:
        self._counts.update((row["source"], column) for row in made)

    def total(self, column: str) -> int:
        return sum(count for (_, name), count in self._counts.items() if name == column)

    def rows(self, day: date, tried: Iterable[str]) -> Iterator[Row]:
        """A row for every source that was tried, also where nothing came of it, and for every other that has counts."""
        for source in sorted({*tried, *(source for source, _ in self._counts)}):
            yield {"day": day, "source": source} | {column: self._counts[source, column] for column in _COUNTED}
