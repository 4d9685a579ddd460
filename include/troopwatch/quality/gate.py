"""A gate of a day: read its partitions, put them to the suites, write the verdict, and close where it must."""

from collections.abc import Mapping
from datetime import date

from troopwatch import sources
from troopwatch.lake import Lake, LakeError
from troopwatch.quality import engine
from troopwatch.quality.around import Around
from troopwatch.quality.model import Meaning, Row, Severity
from troopwatch.quality.suites import GATES, Gate, of_rows
from troopwatch.quality.verdicts import GateClosedError, critical, digests, write
from troopwatch.settings import Settings

Damage = Mapping[str, LakeError]
"""Why tables of the day cannot be read, by their names."""


def judge(day: date, gate: str, settings: Settings) -> dict[str, int]:
    """Judge a day at the gate `documents` or `mentions`; counts of checks, warnings and rows.

    The day's `checks` and `verdicts` of this gate are replaced whatever comes of it, and depend on nothing but the
    partitions and the source specs. Raises GateClosedError where a critical check failed, LakeError where a partition
    is damaged (the gate is closed then too), SourceError for a wrong spec.
    """
    at, lake = GATES[gate], Lake(settings.data)
    with lake.lock(f"quality-{day}-{gate}"):
        # Digests first: whatever is replaced while this runs then differs from what the verdict names.
        judged = digests(at, day, lake)
        tables, damage = _read(at, day, lake)
        findings = _partitions(at, day, lake, damage)
        if not critical(findings):
            around = Around(day, tables, sources.load(settings.sources))
            findings += [finding for suite in at.suites(around) for finding in engine.validate(suite)]
        write(at, day, lake, findings, judged)
    for error in damage.values():
        raise error
    if failures := critical(findings):
        raise GateClosedError(day, gate, failures)
    warned = sum(not f["passed"] and f["severity"] == Severity.WARNING for f in findings)
    return {"checks": len(findings), "warnings": warned, "rows": sum(len(tables[name]) for name in at.judged)}


def _read(at: Gate, day: date, lake: Lake) -> tuple[dict[str, list[Row]], dict[str, LakeError]]:
    """The day's rows by table, and why tables cannot be read."""
    rows: dict[str, list[Row]] = {}
    damage: dict[str, LakeError] = {}
    for table in at.tables:
        try:
            rows[table.name] = lake.rows(table, day)
        except LakeError as error:
            damage[table.name] = error
    return rows, damage


def _partitions(at: Gate, day: date, lake: Lake, damage: Damage) -> list[Row]:
    """Whether there is anything to judge."""
    files: list[Row] = [{"table": table.name, "files": len(lake.parts(table, day))} for table in at.tables]
    return engine.validate(of_rows("partitions", files, ["table"], PARTITIONS, damage))


def _readable(row: Row, damage: Damage) -> str | None:
    return f"{row['table']} is damaged or of another schema" if row["table"] in damage else None


def _written(row: Row, _: Damage) -> str | None:
    """A day without any answer leaves no fetches; all else is written by its stage even when it is empty."""
    if row["files"] or row["table"] == "fetches":
        return None
    return f"{row['table']} has no partition of the day"


PARTITIONS: tuple[Meaning[Damage], ...] = (
    Meaning("readable", "every partition can be read and has the columns of its table", _readable),
    Meaning("written", "every stage before the gate has written its partitions", _written),
)
