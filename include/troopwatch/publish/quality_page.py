"""The quality page of a day: every check with what it saw, its history, what is held back, and what was waived.

It is made from the lake alone, so that a day whose gate is closed has one too. Great Expectations' own pages load their
styles and scripts from elsewhere; this one loads nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from troopwatch import days as calendar
from troopwatch import lake as lakes
from troopwatch.lake import Lake, LakeError
from troopwatch.publish import html, standing
from troopwatch.publish.sparks import Spark
from troopwatch.quality.measures import MEASURES, REACH, SPAN
from troopwatch.settings import Settings
from troopwatch.tables import LAKE

Row = dict[str, Any]
GATES = {
    "documents": "what was captured and what became of it",
    "mentions": "what was found in the texts",
    "history": "each source's day against its own last 28 days",
    "edition": "the edition that this day's run made, where it was refused",
}
NAME = "quality.html"
MOST = 200
"""Rows of a kind that are shown; how many more there are is said."""


@dataclass(frozen=True)
class GateOfDay:
    """One gate: its verdict, where it has spoken, and its checks, those that failed first."""

    name: str
    about: str
    verdict: Row | None
    checks: list[Row]

    @property
    def failed(self) -> list[Row]:
        return [check for check in self.checks if not check["passed"]]

    @property
    def passed(self) -> list[Row]:
        return [check for check in self.checks if check["passed"]]


@dataclass(frozen=True)
class Measured:
    """One figure of a source: what it is in words, today's row of `measures`, its check, and its last weeks."""

    words: str
    row: Row
    check: Row | None
    spark: Spark


def path_of(published: Path, day: date) -> Path:
    return standing.report_path(published, day).with_name(NAME)


def write(wanted: Iterable[date], settings: Settings) -> dict[date, int]:
    """Write the quality pages of these days, and anew those of the weeks after them that are up: their past changed.

    The sizes in bytes of those that changed. Raises LakeError where the folder cannot be written to.
    """
    chosen = set(wanted)
    up = standing.pages(settings.published, NAME)
    later = {day for day in up if any(0 < (day - each).days <= REACH for each in chosen)}
    sizes = {}
    for day in sorted(chosen | later):
        page, path = render(day, settings), path_of(settings.published, day)
        if not path.exists() or path.read_bytes() != page:
            with lakes.replacing(path) as file:
                file.write(page)
            sizes[day] = len(page)
    return sizes


def render(day: date, settings: Settings) -> bytes:
    """The page of a day. What is damaged is said on it and hides nothing else."""
    lake = Lake(settings.data)
    rows = {name: _rows(lake, name, day) for name in ("checks", "verdicts", "waivers", "held", "quarantine")}
    page = html.render(
        "quality.html",
        day=day,
        gates=_gates(rows["checks"], rows["verdicts"]),
        sources=_measured(lake, day, rows["checks"]),
        waivers=rows["waivers"],
        held=rows["held"],
        quarantine=rows["quarantine"],
        most=MOST,
        has_report=standing.report_path(settings.published, day).is_file(),
        damaged=[name for name in ("checks", "verdicts", "measures") if _is_damaged(lake, name, day)],
    )
    return page.encode()


def _gates(checks: Sequence[Row], verdicts: Sequence[Row]) -> list[GateOfDay]:
    order = {"critical": 0, "warning": 1, "info": 2}
    found = []
    for name, about in GATES.items():
        verdict = next((row for row in verdicts if row["gate"] == name), None)
        own = [row for row in checks if row["gate"] == name]
        if verdict or own or name != "edition":
            ordered = sorted(own, key=lambda row: (row["passed"], order[row["severity"]], row["check_id"]))
            found.append(GateOfDay(name, about, verdict, ordered))
    return found


def _measured(lake: Lake, day: date, checks: Sequence[Row]) -> dict[str, list[Measured]]:
    """Figures by source, each with those of the weeks before."""
    by_id = {row["check_id"]: row for row in checks if row["gate"] == "history"}
    past = _past(lake, day)
    found: dict[str, list[Measured]] = {}
    for row in _rows(lake, "measures", day):
        name, source = row["measure"], row["source"]
        words = MEASURES[name].words if name in MEASURES else name
        spark = Spark(day, past.get((source, name), {}), row["low"], row["high"])
        found.setdefault(source, []).append(Measured(words, row, by_id.get(f"history.{name}.{source}"), spark))
    return found


def _past(lake: Lake, day: date) -> dict[tuple[str, str], dict[date, float]]:
    """Figures of the last weeks, the day's own among them, by source and measure."""
    found: dict[tuple[str, str], dict[date, float]] = {}
    for each in calendar.between(day - SPAN * calendar.ONE, day):
        for row in _rows(lake, "measures", each):
            found.setdefault((row["source"], row["measure"]), {})[each] = row["value"]
    return found


def _rows(lake: Lake, name: str, day: date) -> list[Row]:
    try:
        return lake.rows(LAKE[name], day)
    except LakeError:
        return []


def _is_damaged(lake: Lake, name: str, day: date) -> bool:
    try:
        lake.rows(LAKE[name], day)
    except LakeError:
        return True
    return False
