"""What is usual for the sources of a day: measures and their bounds as a suite, and what each check saw in words."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from troopwatch.quality import engine
from troopwatch.quality.measures import FEWEST_DAYS, MEASURES, SPAN
from troopwatch.quality.model import Check, Meaning, Row, Severity, Suite
from troopwatch.quality.suites import of_rows
from troopwatch.tables import LAKE

TABLE = "history"
COLD, ABSENT = f"{TABLE}.cold_start", f"{TABLE}.absent"
SAID = [name for name in LAKE["checks"].names if name not in {"day", "gate"}]
"""The columns of a finding."""


@dataclass(frozen=True)
class Past:
    """A day, what the ledgers of it and of the open days around it say by source, and its measures."""

    day: date
    outcomes: Mapping[date, Mapping[str, str]]
    measured: list[Row]

    @cached_property
    def days(self) -> list[date]:
        return [day for day in self.outcomes if 0 < (self.day - day).days <= SPAN]

    def captured(self, source: str) -> int:
        """On how many of the open days before this one the source was captured."""
        return sum(self.outcomes[day].get(source) == "captured" for day in self.days)


def id_of(row: Row) -> str:
    """The check that a row of `measures` becomes."""
    return f"{TABLE}.{row['measure']}.{row['source']}"


def is_bounded(row: Row) -> bool:
    return row["low"] is not None or row["high"] is not None


def judge(past: Past) -> list[Row]:
    """All findings of a day."""
    return [*of_measures(past.measured), *of_sources(past)]


def ids(past: Past) -> set[str]:
    """The checks that a day is put to."""
    return {id_of(row) for row in past.measured if is_bounded(row)} | {COLD, ABSENT}


def is_one_absent(past: Past) -> bool:
    return any(_absent(row, past) for row in _known(past))


def of_measures(measured: Sequence[Row]) -> list[Row]:
    """Findings of the measures that have a bound: one check for each measure of a source, its bounds as parameters."""
    bounded = {id_of(row): row for row in measured if is_bounded(row)}
    findings = engine.validate(_suite(bounded)) if bounded else []
    return [finding | {"observed": seen(bounded[finding["check_id"]])} for finding in findings]


def _suite(bounded: Mapping[str, Row]) -> Suite:
    parameters = {
        _parameter(id_, side): row[side]
        for id_, row in bounded.items()
        for side in ("low", "high")
        if row[side] is not None
    }
    values = {id_: row["value"] for id_, row in bounded.items()}
    checks = [_check(id_, row) for id_, row in bounded.items()]
    return Suite(TABLE, tuple(values), [values], checks, (), parameters=parameters)


def _check(id_: str, row: Row) -> Check:
    measure = MEASURES[row["measure"]]
    bounds = {
        f"{name}_value": {"$PARAMETER": _parameter(id_, side)}
        for name, side in (("min", "low"), ("max", "high"))
        if row[side] is not None
    }
    words = f"{row['source']}, within its bounds: {measure.words}"
    return Check(id_, words, "ExpectColumnValuesToBeBetween", {"column": id_} | bounds, measure.severity)


def _parameter(id_: str, side: str) -> str:
    return f"{id_.replace('.', '__')}__{side}"


def with_sources(finding: Row) -> Row:
    """A finding with the sources whose figures failed: the one that it names, or those of its examples."""
    if finding["check_id"] in {COLD, ABSENT}:
        return finding | {"sources": {row["source"] for row in json.loads(finding["examples"] or "[]")}}
    return finding | {"sources": {finding["check_id"].rpartition(".")[2]}}


def seen(row: Row) -> str:
    """What was seen and what would have been usual, as `4; usual is 6 to 24 (median 12 of 20 days)`."""
    low, high = (_number(row[side]) for side in ("low", "high"))
    usual = f"{low} to {high}" if low and high else f"at least {low}" if low else f"at most {high}"
    past = f"median {_number(row['median'])} of {row['days']} days" if row["days"] else "no day to compare with"
    return f"{_number(row['value'])}; usual is {usual} ({past})"


def _number(value: float | None) -> str:
    return "" if value is None else f"{round(value, 2):.10g}"


def of_sources(past: Past) -> list[Row]:
    """Findings about the sources of the day and of its past: too short a past is said, and so is who is missing."""
    return engine.validate(of_rows(TABLE, _known(past), ["source"], SOURCES, past))


def _known(past: Past) -> list[Row]:
    known = {source for day in (*past.days, past.day) for source in past.outcomes[day]}
    return [{"source": source} for source in sorted(known)]


def _cold(row: Row, past: Past) -> str | None:
    """Which measures of a source have too short a past."""
    own = [m for m in past.measured if m["source"] == row["source"] and MEASURES[m["measure"]].most is None]
    cold = [f"{m['measure']} {m['days']}" for m in own if m["days"] < FEWEST_DAYS]
    return (
        f"{row['source']}: too few days to compare with, {FEWEST_DAYS} are needed: {', '.join(cold)}" if cold else None
    )


def _absent(row: Row, past: Past) -> str | None:
    """Whether a source that was captured on most days was not even tried."""
    seen_on = past.captured(row["source"])
    if row["source"] in past.outcomes[past.day] or len(past.days) < FEWEST_DAYS or 2 * seen_on <= len(past.days):
        return None
    return f"{row['source']}: captured on {seen_on} of the last {len(past.days)} open days, and not tried on this one"


SOURCES = (
    Meaning("cold_start", f"every measure can be compared with {FEWEST_DAYS} days or more", _cold, Severity.INFO),
    Meaning("absent", "every source that was captured on most of its last days was tried", _absent, Severity.WARNING),
)
