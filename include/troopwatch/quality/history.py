"""The gate with a memory: each source's day against its own last days, judged again whenever those days change.

What it says of a day follows from the lake alone, whatever the order in which days ran: a run judges its own day and
every later day that it is part of the past of.
"""

from collections.abc import Collection, Sequence
from datetime import date

import duckdb
import pyarrow as pa

from troopwatch.lake import Lake, LakeError
from troopwatch.quality import baselines, usual, verdicts
from troopwatch.quality.measures import SPAN
from troopwatch.quality.model import Row, Severity
from troopwatch.quality.suites import GATES
from troopwatch.quality.verdicts import GateClosedError, critical, digests, why_not_open
from troopwatch.settings import Settings
from troopwatch.tables import LAKE

GATE = "history"
BEFORE = ("documents", "mentions")
"""The gates that a day must have passed to be part of anybody's past, or to be judged here."""
KEPT = ("verdicts", "checks", "measures")


def judge_history(day: date, settings: Settings) -> dict[str, int]:
    """Judge a day, and all later days that it belongs to the past of, by what is usual for their sources.

    Counts of sources, checks and warnings of the day itself, and of later days whose gate changed. Raises
    GateClosedError where a critical check of the day failed, LakeError where the day did not pass the gates before, or
    where a partition was replaced meanwhile.
    """
    lake = Lake(settings.data)
    if why := _why_not_passed(day, lake):
        raise LakeError(f"{day} cannot be held against its past: {why}")
    found, changed = _judge_from(day, lake)
    if failures := critical(found[day]):
        raise GateClosedError(day, GATE, failures)
    warned = sum(not f["passed"] and f["severity"] == Severity.WARNING for f in found[day])
    rows = len(lake.columns(LAKE["ledger"], day, ("source",)))
    return {"rows": rows, "checks": len(found[day]), "warnings": warned, "later_days_changed": changed}


def rejudge_later(day: date, settings: Settings) -> None:
    """Judge anew the later days whose past changed because the day is closed now, or open. Raises LakeError."""
    _judge_from(day, Lake(settings.data))


def _judge_from(day: date, lake: Lake) -> tuple[dict[date, list[Row]], int]:
    """Findings by day, and how many days other than the first are let through otherwise than before."""
    with lake.lock("quality-history"):
        around = [each for each in lake.days(LAKE["ledger"]) if abs((each - day).days) <= SPAN]
        passed = [each for each in around if not _why_not_passed(each, lake)]
        before = _standing(around, lake)
        wanted = [each for each in passed if each >= day]
        # Digests first: whatever is replaced while this runs then differs from what the verdict names.
        judged = {each: digests(GATES[GATE], each, lake) for each in wanted}
        found = _findings(lake, passed, wanted)
        for each, (findings, measures) in found.items():
            stands = findings == _stored(lake, each) and measures == _measured(lake, each)
            if not stands or verdicts.judged_by(GATE, each, lake) != judged[each]:
                lake.replace(LAKE["measures"], each, measures, part=GATE)
                verdicts.write(GATES[GATE], each, lake, findings, judged[each])
        for each in {each for each in around if each >= day} - set(wanted):
            for name in KEPT:
                lake.drop(LAKE[name], each, GATE)
        after = _standing(around, lake)
    changed = sum(after[each] != before[each] for each in around if each > day)
    return {each: findings for each, (findings, _) in found.items()}, changed


def _why_not_passed(day: date, lake: Lake) -> str | None:
    """Why a day has not passed the gates before this one."""
    try:
        return next(filter(None, (why_not_open(name, day, lake) for name in BEFORE)), None)
    except LakeError:
        return "the verdict is damaged: run the day again"


def _standing(around: Collection[date], lake: Lake) -> dict[date, bool]:
    """Whether this gate lets days through, by day."""
    found = {}
    for day in around:
        try:
            found[day] = why_not_open(GATE, day, lake) is None
        except LakeError:
            found[day] = False
    return found


def _findings(lake: Lake, passed: Sequence[date], wanted: Sequence[date]) -> dict[date, tuple[list[Row], list[Row]]]:
    """Rows of checks and of measures by day. Raises LakeError."""
    try:
        measured = baselines.of_days(lake, passed, wanted)
        ledgers = {day: lake.columns(LAKE["ledger"], day, ("source", "outcome")) for day in passed}
    except (duckdb.Error, pa.ArrowException, OSError) as error:
        raise LakeError(f"a day was replaced while it was held against the past ({error}): try again") from error
    outcomes = {day: {row["source"]: row["outcome"] for row in rows} for day, rows in ledgers.items()}
    pasts = {day: usual.Past(day, outcomes, rows) for day, rows in measured.items()}
    found = {day: _said_before(lake, past) or usual.judge(past) for day, past in pasts.items()}
    return {day: (sorted(rows, key=lambda row: row["check_id"]), measured[day]) for day, rows in found.items()}


def _said_before(lake: Lake, past: usual.Past) -> list[Row] | None:
    """The findings that stand in the lake; None where any figure, bound or source is another now.

    A day that runs late is part of the past of 28 others, of which it changes few: Great Expectations is not asked
    again about those that stay as they were.
    """
    findings = _stored(lake, past.day)
    passed = {row["check_id"]: row["passed"] for row in findings}
    if passed.keys() != usual.ids(past) or not passed[usual.ABSENT] or usual.is_one_absent(past):
        return None
    return findings if _measured(lake, past.day) == past.measured else None


def _measured(lake: Lake, day: date) -> list[Row]:
    try:
        return lake.rows(LAKE["measures"], day)
    except LakeError:
        return []


def _stored(lake: Lake, day: date) -> list[Row]:
    """The findings of this gate as they stand in the lake; none where they cannot be read."""
    try:
        rows = [row for row in lake.rows(LAKE["checks"], day) if row["gate"] == GATE]
    except LakeError:
        return []
    return [{name: row[name] for name in usual.SAID} for row in rows]
