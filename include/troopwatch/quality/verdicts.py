"""What a gate said of a day, of exactly which bytes, and whether that still stands."""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from troopwatch import remembered
from troopwatch.errors import HopelessError
from troopwatch.lake import Lake, LakeError, read_file
from troopwatch.quality.model import Row, Severity
from troopwatch.quality.partitions import digest, fits
from troopwatch.quality.suites import GATES, Gate
from troopwatch.tables import LAKE

Digests = dict[str, str]
"""sha256 by file, named from the root of the data folder."""


REJECTED = "a person rejected the day"
WAITS = "waits for a person's approval"
LAST = "history"
"""The gate that a day passes last, and that no other day's judgement reads: it is what holds a day that waits."""


class GateClosedError(HopelessError):
    """A critical check failed; `failures` are the rows of `checks` that say which, as the message does in words."""

    title = "gate closed"

    def __init__(self, day: date | None, gate: str, failures: Sequence[Row]) -> None:
        super().__init__(day, gate, failures)
        self.day, self.gate, self.failures = day, gate, failures

    def __str__(self) -> str:
        """The gate and its day, then a line for every check that closed it."""
        of = f" of {self.day}" if self.day else ""
        lines = [
            f"  {f['check_id']}: {f['meaning']}; {f['rows_failed']} of {f['rows_checked']} rows fail: {f['observed']}"
            + (f" {f['examples']}" if f["examples"] else "")
            for f in self.failures
        ]
        checks = ", ".join(f["check_id"] for f in self.failures)
        return "\n".join([f"{self.gate} gate{of} closed: {checks}", *lines])


def critical(findings: Iterable[Row]) -> list[Row]:
    """The findings that close a gate."""
    return [f for f in findings if _fails(f) and f["severity"] == Severity.CRITICAL]


def warnings(findings: Iterable[Row]) -> list[Row]:
    """The findings that a reader is warned of, and that a person may be asked about: waived ones among them."""
    return [f for f in findings if not f["passed"] and (f["waived_by"] or f["severity"] == Severity.WARNING)]


def _fails(finding: Row) -> bool:
    return not finding["passed"] and not finding.get("waived_by")


def digests(gate: Gate, day: date, lake: Lake) -> Digests:
    """The partition files that a gate judges, as they are now."""
    return {lake.relative(path): digest(lake, path) for table in gate.covered for path in lake.parts(table, day)}


def write(gate: Gate, day: date, lake: Lake, findings: Sequence[Row], judged: Digests) -> None:
    """Put down what was found and the verdict that follows from it; the verdict last, so that it never comes alone."""
    _put(gate, day, lake, findings)
    _say(day, _of(gate, judged), _closed_by(findings), lake)


def write_waiting(gate: Gate, day: date, lake: Lake, findings: Sequence[Row], judged: Digests) -> None:
    """The same of a day that waits for a person's approval, whether or not a check closes it too."""
    _put(gate, day, lake, findings)
    _say(day, _of(gate, judged), "; ".join(filter(None, (_closed_by(findings), WAITS))), lake)


def _put(gate: Gate, day: date, lake: Lake, findings: Sequence[Row]) -> None:
    said = {"day": day, "gate": gate.name, "waived_by": None}
    lake.replace(LAKE["checks"], day, [said | finding for finding in findings], part=gate.name)


def _of(gate: Gate, judged: Digests) -> Row:
    return {"gate": gate.name, "judged": [{"file": file, "sha256": digest} for file, digest in sorted(judged.items())]}


def _closed_by(findings: Sequence[Row]) -> str | None:
    return "; ".join(f["check_id"] for f in critical(findings)) or None


def reject(day: date, lake: Lake) -> None:
    """Close a day that its gates let through, because a person has said no; until it is judged again."""
    _say(day, _verdict("mentions", day, lake) or {"gate": "mentions", "judged": []}, REJECTED, lake)


def hold(day: date, lake: Lake) -> None:
    """Close a day that its gates let through, until a person has approved it or it is judged again."""
    with lake.lock("quality-history"):
        said = _verdict(LAST, day, lake)
        if said and said["is_open"]:
            _say(day, said, WAITS, lake)


def approve(day: date, lake: Lake) -> None:
    """Open a day that waits for a person, but for one that a check has closed meanwhile."""
    with lake.lock("quality-history"):
        said = _verdict(LAST, day, lake)
        if said and not said["is_open"]:
            _say(day, said, "; ".join(why for why in _reasons(said) if why != WAITS) or None, lake)


def waits(day: date, lake: Lake) -> bool:
    """Whether a day is closed until a person has approved it."""
    try:
        verdict = _verdict(LAST, day, lake)
    except LakeError:
        return False
    return verdict is not None and WAITS in _reasons(verdict)


def _reasons(verdict: Row) -> list[str]:
    """What closes a gate: checks, and a person who has not spoken yet."""
    return (verdict["closed_by"] or "").split("; ")


def _say(day: date, said: Row, closed_by: str | None, lake: Lake) -> None:
    """The same verdict, of the same bytes, with another outcome."""
    verdict = said | {"day": day, "is_open": closed_by is None, "closed_by": closed_by}
    lake.replace(LAKE["verdicts"], day, [verdict], part=said["gate"])


def refuse_edition(day: date, lake: Lake, failures: Sequence[Row]) -> None:
    """Put down why an edition made by the day's run was refused."""
    said = {"day": day, "gate": "edition"}
    verdict = {"is_open": False, "closed_by": "; ".join(f["check_id"] for f in failures), "judged": []}
    lake.replace(LAKE["checks"], day, [said | f for f in failures], part="edition")
    lake.replace(LAKE["verdicts"], day, [said | verdict], part="edition")


def forget_refusals(lake: Lake) -> None:
    """Take back every refusal of an edition: each was about the whole lake, and an edition of it has passed since."""
    for table in (LAKE["verdicts"], LAKE["checks"]):
        for day in lake.days(table):
            lake.drop(table, day, "edition")


def refused_edition(day: date, lake: Lake) -> str | None:
    """Why the edition that the day's run made was refused, if it was."""
    try:
        verdict = _verdict("edition", day, lake)
    except LakeError:
        return "edition gate closed: its verdict is damaged"
    return f"edition gate closed: {verdict['closed_by']}" if verdict else None


def judged(day: date, lake: Lake) -> Digests:
    """What the gates of a day said that they judged. Raises LakeError for a damaged verdict."""
    verdicts = filter(None, (_verdict(name, day, lake) for name in GATES))
    return {entry["file"]: entry["sha256"] for verdict in verdicts for entry in verdict["judged"]}


def judged_by(name: str, day: date, lake: Lake) -> Digests | None:
    """What one gate said that it judged; None where it has not spoken, or nobody can read it."""
    try:
        verdict = _verdict(name, day, lake)
    except LakeError:
        return None
    return {entry["file"]: entry["sha256"] for entry in verdict["judged"]} if verdict else None


def is_open(day: date, lake: Lake) -> tuple[bool, str | None]:
    """Whether a day may be published: all of its gates are open, and nothing that they judged has changed since.

    If not, the second value says why, in words that name no place outside the data folder.
    """
    try:
        verdicts = {name: _verdict(name, day, lake) for name in GATES}
    except LakeError:
        return False, "the verdict is damaged: run the day again"
    reasons = (_reason(gate, verdicts.get(name), day, lake) for name, gate in GATES.items())
    reason = next(filter(None, reasons), None)
    return reason is None, reason


def why_not_open(name: str, day: date, lake: Lake) -> str | None:
    """Why one gate does not let a day through; None where it does. Raises LakeError for a damaged verdict."""
    return _reason(GATES[name], _verdict(name, day, lake), day, lake)


def _verdict(gate: str, day: date, lake: Lake) -> Row | None:
    """The verdict of one gate, which is a part of its own: another gate may be writing or removing its part."""
    try:
        words = remembered.of(lake.root, lake.path(LAKE["verdicts"], day, gate), "verdict", _words)
    except FileNotFoundError:
        return None
    row: Row | None = json.loads(words)
    return row


def _words(path: Path) -> str:
    """The verdict in a file, as JSON: its day is in the file's name. Raises LakeError."""
    row = next(iter(read_file(LAKE["verdicts"], path).to_pylist()), None)
    return json.dumps(row and {name: value for name, value in row.items() if name != "day"})


def _reason(gate: Gate, verdict: Row | None, day: date, lake: Lake) -> str | None:
    """Why this gate does not let the day through."""
    if verdict is None:
        return f"not judged by the {gate.name} gate"
    if not verdict["is_open"]:
        return f"{gate.name} gate closed: {verdict['closed_by']}"
    judged = {entry["file"]: entry["sha256"] for entry in verdict["judged"]}
    now = digests(gate, day, lake)
    for file in sorted(judged.keys() | now.keys()):
        if judged.get(file) != now.get(file):
            return f"partition {file} {_change(file, judged, now)} since it was judged: run the day again"
    # Rows of an older schema would be read with NULL in every column that it did not have.
    older = (
        lake.relative(path) for table in gate.covered for path in lake.parts(table, day) if not fits(lake, table, path)
    )
    return next((f"partition {file} was judged under another schema: run the day again" for file in older), None)


def _change(file: str, judged: Digests, now: Digests) -> str:
    return "was added" if file not in judged else "is gone" if file not in now else "changed"
