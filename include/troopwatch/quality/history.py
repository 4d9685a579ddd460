"""The gate with a memory: each source's day against its own last days, judged again whenever those days change.

What it says of a day follows from the lake alone, whatever the order in which days ran: a run judges its own day and
every later day that it matters to.
"""

import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import duckdb
import pyarrow as pa

from troopwatch import sources
from troopwatch.lake import Lake, LakeError
from troopwatch.quality import baselines, usual, verdicts, waivers
from troopwatch.quality.measures import REACH
from troopwatch.quality.model import Row
from troopwatch.quality.suites import GATES
from troopwatch.quality.verdicts import GateClosedError, critical, digests, why_not_open
from troopwatch.quality.waivers import Waiver
from troopwatch.settings import Settings
from troopwatch.tables import LAKE

LOG = logging.getLogger(__name__)
GATE = verdicts.LAST
BEFORE = ("documents", "mentions")
"""The gates that a day must have passed to be part of anybody's past, or to be judged here."""
KEPT = ("verdicts", "checks", "measures", "waivers")


Tell = Callable[[GateClosedError], None]
"""Is told of a later day whose gate closed though it is another day that is run."""


def _nobody(_: GateClosedError) -> None:
    """Tells nobody: the log has it."""


@dataclass(frozen=True)
class Said:
    """What this gate says of a day: rows of checks, measures and waivers, in the order of their keys."""

    day: date
    findings: list[Row]
    measures: list[Row]
    waivers: list[Row] = field(default_factory=list)


def judge_history(day: date, settings: Settings, tell: Tell = _nobody, *, waits: bool = False) -> dict[str, int]:
    """Judge a day, and all later days that it matters to, by what is usual for their sources.

    Counts of sources, checks and warnings of the day itself, and of later days whose gate changed; those that it closed
    are told. Where the day `waits`, it is closed until a person approves it. Raises GateClosedError where a critical
    check of the day failed, LakeError where the day did not pass the gates before, or where a partition was replaced
    meanwhile.
    """
    lake = Lake(settings.data)
    if why := _why_not_passed(day, lake):
        raise LakeError(f"{day} cannot be held against its past: {why}")
    found, changed = _judge_from(day, settings, tell, waits=waits)
    if failures := critical(found[day]):
        raise GateClosedError(day, GATE, failures)
    warned = len(verdicts.warnings(found[day]))
    rows = len(lake.columns(LAKE["ledger"], day, ("source",)))
    return {"rows": rows, "checks": len(found[day]), "warnings": warned, "later_days_changed": changed}


def rejudge_later(day: date, settings: Settings, tell: Tell = _nobody) -> None:
    """Judge anew the later days whose past changed because the day is closed now, and tell of those that it closed.

    Raises LakeError.
    """
    _judge_from(day, settings, tell)


def _judge_from(
    day: date, settings: Settings, tell: Tell, *, waits: bool | None = None
) -> tuple[dict[date, list[Row]], int]:
    """Findings by day, and how many days other than the first are let through otherwise than before.

    The first waits for a person where it `waits`; with None it is as before, as all others are.
    """
    lake = Lake(settings.data)
    waived = waivers.load(settings.waivers, sources.load(settings.sources))
    with lake.lock("quality-history"):
        around = [each for each in lake.days(LAKE["ledger"]) if abs((each - day).days) <= REACH]
        passed = [each for each in around if not _why_not_passed(each, lake)]
        before = _standing(around, lake)
        wanted = [each for each in passed if each >= day]
        waiting = {each for each in wanted if verdicts.waits(each, lake)}
        to_wait = waiting if waits is None else waiting - {day} | ({day} if waits else set())
        # Digests first: whatever is replaced while this runs then differs from what the verdict names.
        judged = {each: digests(GATES[GATE], each, lake) for each in wanted}
        found = {each: _waived(said, waived) for each, said in _findings(lake, passed, wanted).items()}
        for each, said in found.items():
            is_same = said == _stored(lake, each) and verdicts.judged_by(GATE, each, lake) == judged[each]
            if not is_same or each in waiting ^ to_wait:
                _put_down(said, judged[each], lake, waits=each in to_wait)
        for each in {each for each in around if each >= day} - set(wanted):
            for name in KEPT:
                lake.drop(LAKE[name], each, GATE)
        after = _standing(around, lake)
    findings = {each: said.findings for each, said in found.items()}
    _tell_of_closed(day, {each: said for each, said in findings.items() if each > day and before[each]}, tell)
    changed = sum(after[each] != before[each] for each in around if each > day)
    return findings, changed


def _put_down(said: Said, judged: verdicts.Digests, lake: Lake, *, waits: bool) -> None:
    """The verdict last: it never comes alone."""
    lake.replace(LAKE["measures"], said.day, said.measures, part=GATE)
    lake.replace(LAKE["waivers"], said.day, said.waivers, part=GATE)
    write = verdicts.write_waiting if waits else verdicts.write
    write(GATES[GATE], said.day, lake, said.findings, judged)


def _tell_of_closed(day: date, later: Mapping[date, Sequence[Row]], tell: Tell) -> None:
    """Of the later days, which were let through before, those that are not now: the run that did it may stay green."""
    for each, findings in later.items():
        if failures := critical(findings):
            closed = GateClosedError(each, GATE, failures)
            LOG.warning("judged again because of %s: %s", day, closed)
            tell(closed)


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


def _findings(lake: Lake, passed: Sequence[date], wanted: Sequence[date]) -> dict[date, Said]:
    """What is to be said of days, but for the waivers. Raises LakeError."""
    try:
        measured = baselines.of_days(lake, passed, wanted)
        ledgers = {day: lake.columns(LAKE["ledger"], day, ("source", "outcome")) for day in passed}
    except (duckdb.Error, pa.ArrowException, OSError) as error:
        raise LakeError(f"a day was replaced while it was held against the past ({error}): try again") from error
    outcomes = {day: {row["source"]: row["outcome"] for row in rows} for day, rows in ledgers.items()}
    pasts = [usual.Past(day, outcomes, measured[day]) for day in wanted]
    return {past.day: _said_before(lake, past) or Said(past.day, usual.judge(past), past.measured) for past in pasts}


def _said_before(lake: Lake, past: usual.Past) -> Said | None:
    """What stands in the lake; None where any figure, bound or source is another now.

    A day that runs late is in the reach of 56 others, of which it changes few: Great Expectations is not asked
    again about those that stay as they were.
    """
    said = _stored(lake, past.day)
    passed = {row["check_id"]: row["passed"] for row in said.findings}
    if passed.keys() != usual.ids(past) or not passed[usual.ABSENT] or usual.is_one_absent(past):
        return None
    return said if said.measures == past.measured else None


def _stored(lake: Lake, day: date) -> Said:
    """What stands in the lake; nothing where it cannot be read."""
    try:
        checks, waived = (
            [row for row in lake.rows(LAKE[name], day) if row["gate"] == GATE] for name in ("checks", "waivers")
        )
        return Said(day, [{n: row[n] for n in usual.SAID} for row in checks], lake.rows(LAKE["measures"], day), waived)
    except LakeError:
        return Said(day, [], [])


def _waived(said: Said, waived: Sequence[Waiver]) -> Said:
    """The same with the waivers as they are now, findings in the order in which the lake has them."""
    findings = sorted(map(usual.with_sources, said.findings), key=lambda row: str(row["check_id"]))
    rows = sorted(waivers.rows(waived, said.day, GATE, findings), key=lambda row: str(row["check_id"]))
    names = LAKE["waivers"].names
    applied = waivers.apply(waived, said.day, findings)
    return Said(said.day, applied, said.measures, [{n: row[n] for n in names} for row in rows])
