"""How the captures of a source and day came about, from its row in the ledger."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from troopwatch import days
from troopwatch.lake import Lake, LakeError, read_file
from troopwatch.sources import Source, Warc
from troopwatch.tables import LAKE

Row = dict[str, Any]
Specs = Mapping[str, Source]


@dataclass(frozen=True)
class Mark:
    """One letter for a cell of the calendar, the look of it, and what it means."""

    letter: str
    look: str
    meaning: str


MARKS = {
    "captured": Mark("C", "good", "captured"),
    "later": Mark("L", "good", "fetched later, from the source’s archive"),
    "replayed": Mark("R", "good", "replayed from captures made elsewhere"),
    "no_data": Mark("–", "none", "no data: not captured, and cannot be fetched now"),
    "failed": Mark("F", "bad", "failed: asked, and no useful answer"),
    "damaged": Mark("!", "bad", "its record is damaged"),
    "not_run": Mark("·", "blank", "not run"),
}
"""Every way in which a day of a source can have ended, in the order of the legend."""


def ledger(lake: Lake, day: date) -> dict[str, Row]:
    """The day's rows by source. A damaged part hides no other, and stands there with the outcome `damaged`."""
    rows: dict[str, Row] = {}
    for path in lake.parts(LAKE["ledger"], day):
        try:
            rows |= {row["source"]: row for row in read_file(LAKE["ledger"], path).to_pylist()}
        except LakeError as error:
            rows[path.stem] = dict.fromkeys(LAKE["ledger"].names) | {
                "day": day,
                "source": path.stem,
                "outcome": "damaged",
                "reason": str(error).replace(f"{lake.root}/", ""),
            }
    return rows


def kind(row: Row | None, specs: Specs) -> str:
    """Which of MARKS a row of the ledger is; no row is `not_run`."""
    if row is None:
        return "not_run"
    if row["outcome"] != "captured":
        return str(row["outcome"])
    if row["copied"] or isinstance(specs.get(row["source"]), Warc):
        return "replayed"
    first = row["first_captured_at"]
    return "later" if first and first >= days.end(row["day"]) + days.ONE else "captured"
