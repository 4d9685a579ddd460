"""A gate of a day: read its partitions, put them to the suites, write the verdict, and close where it must."""

from collections.abc import Mapping, Sequence
from datetime import date

from troopwatch import sources
from troopwatch.lake import Lake, LakeError, read_file
from troopwatch.quality import engine, holding, waivers
from troopwatch.quality.around import Around
from troopwatch.quality.model import Meaning, Row, Suite
from troopwatch.quality.partitions import digest, fits
from troopwatch.quality.suites import GATES, Gate, of_rows
from troopwatch.quality.verdicts import GateClosedError, critical, digests, warnings, write
from troopwatch.settings import Settings
from troopwatch.tables import LAKE

Damage = Mapping[str, LakeError]
"""Why tables of the day cannot be read, by their names."""


def judge(day: date, gate: str, settings: Settings) -> dict[str, int]:
    """Judge a day at the gate `documents` or `mentions`; counts of checks, warnings and rows.

    The day's `checks` and `verdicts` of this gate are replaced whatever comes of it, and depend on nothing but the
    partitions and the source specs. Raises GateClosedError where a critical check failed, LakeError where a partition
    is damaged (the gate is closed then too), SourceError and WaiverError for a wrong spec or waiver.
    """
    at, lake = GATES[gate], Lake(settings.data)
    known = sources.load(settings.sources)
    waived = waivers.load(settings.waivers, known)
    with lake.lock(f"quality-{day}-{gate}"):
        # Digests first: whatever is replaced while this runs then differs from what the verdict names.
        judged = digests(at, day, lake)
        tables, damage = _read(at, day, lake)
        findings = _partitions(at, day, lake, damage)
        if not critical(findings):
            found, held = _examined(at, Around(day, tables, known))
            findings += waivers.apply(waived, day, found)
            lake.replace(LAKE["waivers"], day, waivers.rows(waived, day, gate, found), part=gate)
            judged |= _hold(at, day, lake, held)
        write(at, day, lake, findings, judged)
    for error in damage.values():
        raise error
    if failures := critical(findings):
        raise GateClosedError(day, gate, failures)
    rows = sum(len(tables[name]) for name in at.judged)
    return {"checks": len(findings), "warnings": len(warnings(findings)), "rows": rows}


def _examined(at: Gate, around: Around) -> tuple[list[Row], list[Row]]:
    """What the suites of a gate found, each finding with the sources of the rows that failed, and rows to hold back."""
    findings, held = [], []
    for suite in at.suites(around):
        examined = [_with_sources(suite, *each) for each in engine.examine(suite)]
        found, bad = holding.hold(suite, examined, around.day)
        findings += found
        held += bad
    return findings, held


def _with_sources(suite: Suite, finding: Row, failing: Sequence[int]) -> engine.Examined:
    sources = {suite.rows[number].get("source") for number in failing or range(len(suite.rows))}
    return finding | {"sources": set() if finding["passed"] else sources}, failing


def _hold(at: Gate, day: date, lake: Lake, held: Sequence[Row]) -> dict[str, str]:
    """Put down the rows that are held back, none to release those of an earlier run; the file and its digest."""
    if at.held is None:
        return {}
    path = lake.replace(LAKE[at.held], day, held)
    return {lake.relative(path): digest(lake, path)}


def _read(at: Gate, day: date, lake: Lake) -> tuple[dict[str, list[Row]], dict[str, LakeError]]:
    """The day's rows by table, and why tables cannot be read."""
    rows: dict[str, list[Row]] = {}
    damage: dict[str, LakeError] = {}
    for table in at.tables:
        try:
            for path in lake.parts(table, day):
                if not fits(lake, table, path):
                    read_file(table, path)  # says what is damaged; a column too many it would not mind
                    raise LakeError(f"{path} has columns that {table.name} does not have: run its stage again")
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
