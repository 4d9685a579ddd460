"""Weeks of a source that brings much the same every day, to be spoiled a day at a time."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

import quality_rows as rows

from troopwatch.lake import Lake
from troopwatch.quality import verdicts
from troopwatch.quality.history import BEFORE
from troopwatch.quality.model import Row
from troopwatch.quality.suites import GATES
from troopwatch.settings import Settings
from troopwatch.tables import LAKE

MON = date(2024, 9, 2)
Tables = dict[str, list[Row]]


def nth(number: int) -> date:
    return MON + timedelta(days=number)


def usual(number: int, size: int = 12, source: str = "wire") -> Tables:
    """The rows of the day of this number: a few articles more or less, of which some had come the day before."""
    articles = range(11 * number, 11 * number + size + number % 3)
    own = {"day": nth(number), "source": source}
    shift = nth(number) - rows.DAY

    def each(make: Callable[..., Row], **more: Any) -> list[Row]:
        return [make(n, **own, **more) for n in articles]

    made = {
        "ledger": [rows.ledger(**own)],
        "documents": each(rows.document, captured_at=rows.SEEN + shift, published_at=rows.SEEN + shift),
        "quarantine": [],
        "deployments": each(rows.deployment),
        "demands": each(rows.demand),
        "readings": each(rows.reading),
    }
    for row in made["documents"]:
        first = max(0, (int(row["doc_id"].removeprefix("doc-")) - 11) // 11)
        row |= {"title": "A title", "authors": "Kim Lee", "published_at": rows.SEEN + (nth(first) - rows.DAY)}
    return made


class Weeks:
    """A lake of such days; the gates before this one let each through without being asked."""

    def __init__(self, settings: Settings) -> None:
        self.settings, self.lake = settings, Lake(settings.data)

    def write(self, number: int, tables: Tables | None = None, closed: str = "") -> date:
        day = nth(number)
        for name, found in (usual(number) if tables is None else tables).items():
            self.lake.replace(LAKE[name], day, found)
        self.let_through(day, closed)
        return day

    def let_through(self, day: date, closed: str = "") -> None:
        failed = [rows_of(closed)] if closed else []
        for name in BEFORE:
            gate = GATES[name]
            verdicts.write(gate, day, self.lake, failed, verdicts.digests(gate, day, self.lake))

    def fill(self, numbers: Sequence[int]) -> None:
        for number in numbers:
            self.write(number)

    def found(self, day: date) -> dict[str, Row]:
        """The checks of the history gate that failed, by their names."""
        checks = self.lake.rows(LAKE["checks"], day)
        return {row["check_id"]: row for row in checks if row["gate"] == "history" and not row["passed"]}

    def files(self) -> dict[str, bytes]:
        """What this gate wrote, by name."""
        return {self.lake.relative(p): p.read_bytes() for p in self.lake.root.glob("quality/*/*/history.parquet")}


def rows_of(check: str) -> Row:
    """A finding that closes a gate."""
    words = {"table_name": "ledger", "check_id": check, "meaning": "-", "severity": "critical", "passed": False}
    return words | {"rows_checked": 1, "rows_failed": 1, "observed": None, "examples": None, "waived_by": None}
