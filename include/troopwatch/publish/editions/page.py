"""The page of an edition: what it is, what it changed and why, its reports and its downloads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from troopwatch.publish import html
from troopwatch.publish.editions.changes import Lines

SHOWN = 400
"""Lines of changes on the page; changes.csv has all that are listed."""
REASONS = {
    "new_day": "a day published for the first time, and what follows from it",
    "gate_opened": "a day let in that was closed",
    "gate_closed": "a day taken out, for its gate has closed",
    "waiver": "a waiver was given or has ended",
    "correction": "another text of a known article",
    "late_article": "an article captured for a day that was published",
    "new_rules": "the same captures read otherwise",
}
Line = Mapping[str, Any]


@dataclass(frozen=True)
class Reason:
    """One reason, what it means, and how many rows of which table it added, changed and removed."""

    name: str
    meaning: str
    tables: Sequence[tuple[str, dict[str, int]]]


def write(folder: Path, facts: Mapping[str, Any], lines: Lines) -> None:
    """Write the edition's index.html."""
    (folder / "index.html").write_bytes(render(facts, lines).encode())


def render(facts: Mapping[str, Any], lines: Lines) -> str:
    rows: list[Line] = [dict(zip(lines, row, strict=True)) for row in zip(*lines.values(), strict=True)]
    listed = [row for row in rows if row["key"] is not None]
    return html.render(
        "edition.html",
        facts=facts,
        made_at=datetime.fromisoformat(facts["made_at"]),
        reports=[date.fromisoformat(day) for day in facts["reports"]],
        days=[date.fromisoformat(day) for day in facts["days"]],
        reasons=_reasons(rows),
        listed=listed[:SHOWN],
        more=max(len(listed) - SHOWN, 0),
        tables=facts["tables"],
    )


def _reasons(rows: Sequence[Line]) -> list[Reason]:
    """The reasons in their order of strength, each with its sums by table."""
    found = []
    for name, meaning in REASONS.items():
        of_reason = sorted((row for row in rows if row["reason"] == name), key=lambda row: str(row["table_name"]))
        tables = [(table, _sums(list(some))) for table, some in groupby(of_reason, lambda row: str(row["table_name"]))]
        if tables:
            found.append(Reason(name, meaning, tables))
    return found


def _sums(rows: Sequence[Line]) -> dict[str, int]:
    return {what: sum(row["rows"] for row in rows if row["what"] == what) for what in ("added", "changed", "removed")}
