"""One day: its gates, every check with what it saw, and how each source's captures came about."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from troopwatch import health, quality
from troopwatch.lake import Lake, LakeError
from troopwatch.pages import captured, gates
from troopwatch.pages.captured import MARKS, Mark
from troopwatch.publish import html, standing
from troopwatch.publish.coverage import Gate
from troopwatch.settings import Settings
from troopwatch.tables import LAKE, Table

Row = dict[str, Any]
GATES = {
    "documents": "before detection: ledger, fetches, documents, quarantine",
    "mentions": "before the aggregate: deployments, demands, readings",
    "history": "before the aggregate: each source’s day against its own last 28 days",
    "edition": "before publishing: the edition that this day’s run made",
}
"""The gates in their order, and what each looks at."""


@dataclass(frozen=True)
class GateOfDay:
    """One gate of the day: its verdict, where it has spoken, and its checks."""

    name: str
    about: str
    verdict: Row | None
    checks: Gate


@dataclass(frozen=True)
class SourceOfDay:
    """One source of the day; `documents` and `quarantined` are None where its day was not normalized."""

    title: str
    ledger: Row
    mark: Mark
    documents: int | None
    quarantined: int | None


def render(settings: Settings, day: date, root: str = "") -> str:
    """The page of a day, also of one that was never run. What is damaged is said on it and hides nothing else."""
    lake = Lake(settings.data)
    is_open, reason = quality.is_open(day, lake)
    return html.render(
        "pages/day.html",
        root=root,
        day=day,
        was_run=bool(lake.parts(LAKE["ledger"], day)),
        gate=gates.said(lake, day),
        stands=is_open,
        objection=reason or "",
        gates=_gates(lake, day),
        sources=_sources(settings, lake, day),
        has_report=standing.report_path(settings.published, day).is_file(),
    )


def _gates(lake: Lake, day: date) -> list[GateOfDay]:
    """The gates that judge every day, and the edition's where it refused one."""
    checks, verdicts = _rows(lake, LAKE["checks"], day), _rows(lake, LAKE["verdicts"], day)
    found = []
    for name, about in GATES.items():
        verdict = next((row for row in verdicts if row["gate"] == name), None)
        if verdict or name in standing.GATES:
            found.append(GateOfDay(name, about, verdict, Gate([row for row in checks if row["gate"] == name])))
    return found


def _sources(settings: Settings, lake: Lake, day: date) -> list[SourceOfDay]:
    specs = health.specs(settings)
    documents, quarantined = (_counts(lake, LAKE[name], day) for name in ("documents", "quarantine"))
    found = []
    for name, row in sorted(captured.ledger(lake, day).items()):
        title, mark = specs[name].title if name in specs else name, MARKS[captured.kind(row, specs)]
        sizes = [counts[name] if counts is not None else None for counts in (documents, quarantined)]
        found.append(SourceOfDay(title, row, mark, *sizes))
    return found


def _counts(lake: Lake, table: Table, day: date) -> Counter[str] | None:
    """Rows by source; None where there is no partition, or a damaged one: that is no zero."""
    if not lake.parts(table, day):
        return None
    try:
        return Counter(row["source"] for row in lake.columns(table, day, ("source",)))
    except LakeError:
        return None


def _rows(lake: Lake, table: Table, day: date) -> list[Row]:
    try:
        return lake.rows(table, day)
    except LakeError:
        return []
