"""Which day is the good one: the newest whose gate is open and whose report is up, and since when that is stale."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from troopwatch import days, lake, quality
from troopwatch.days import NoDayError
from troopwatch.lake import Lake, LakeError
from troopwatch.publish.edition import PublishError
from troopwatch.tables import LAKE

GATES = {"documents", "mentions", "history"}
"""The gates that judge a day; the last one judges an edition, which holds many days."""


@dataclass(frozen=True)
class Standing:
    """What is up. `latest` is None where nothing is; what follows is None where no later day is closed."""

    serial: int
    latest: date | None
    stale_since: date | None
    reason: str | None
    unfinished: tuple[date, ...] = ()
    """Days before the latest that were begun and judged by no gate to the end: their runs crashed, or go on."""
    edition: int | None = None
    """Number of the edition that is up."""
    outdated: tuple[date, ...] = ()
    """Days whose report was made from other rows than the edition has: later runs make them anew."""

    def json(self) -> bytes:
        """As it stands in status.json."""
        facts = {
            "edition": self.edition,
            "latest": self.latest and self.latest.isoformat(),
            "outdated": [day.isoformat() for day in self.outdated],
            "reason": self.reason,
            "serial": self.serial,
            "stale_since": self.stale_since and self.stale_since.isoformat(),
            "unfinished": [day.isoformat() for day in self.unfinished],
        }
        return (json.dumps(facts, indent=2, sort_keys=True) + "\n").encode()


@dataclass(frozen=True)
class DayLine:
    """A day of the ledger. `gate` is open, closed, or pending while not all of the day's gates have judged it."""

    day: date
    gate: str
    reason: str
    outcomes: dict[str, int]
    has_report: bool


def report_path(published: Path, day: date) -> Path:
    return published / "reports" / day.isoformat() / "index.html"


def reports(published: Path) -> dict[date, Path]:
    """The report pages that are up, by day."""
    return pages(published, "index.html")


def pages(published: Path, name: str) -> dict[date, Path]:
    """The pages of this name that are up, by day. Folders of another name than a day's are somebody else's."""
    found = ((days.said_by(path.parent.name), path) for path in published.glob(f"reports/*/{name}"))
    return {day: path for day, path in found if day}


def read(published: Path) -> Standing:
    """The standing as it was last written. Raises PublishError where its file is damaged."""
    status = published / "status.json"
    if not status.exists():
        return Standing(0, None, None, None)
    try:
        facts = json.loads(status.read_bytes())
        latest, stale = (days.parse(facts[name]) if facts[name] else None for name in ("latest", "stale_since"))
        unfinished, outdated = (tuple(map(days.parse, facts.get(name, []))) for name in ("unfinished", "outdated"))
        return Standing(
            int(facts["serial"]), latest, stale, facts["reason"], unfinished, facts.get("edition"), outdated
        )
    except (ValueError, KeyError, TypeError, NoDayError) as error:
        raise PublishError(f"{status} is damaged ({error!r}): remove it and publish again") from error


def write(published: Path, standing: Standing) -> None:
    with lake.replacing(published / "status.json") as file:
        file.write(standing.json())


def day_lines(store: Lake, published: Path) -> list[DayLine]:
    """Every day of the ledger, in order."""
    up = reports(published)
    return [_day_line(store, day, has_report=day in up) for day in store.days(LAKE["ledger"])]


def _day_line(store: Lake, day: date, *, has_report: bool) -> DayLine:
    is_open, reason = quality.is_open(day, store)
    if is_open and (refused := quality.refused_edition(day, store)):
        return DayLine(day, "closed", refused, _outcomes(store, day), has_report)
    gate = "open" if is_open else "pending" if _is_pending(store, day) else "closed"
    return DayLine(day, gate, reason or "", _outcomes(store, day), has_report)


def _is_pending(store: Lake, day: date) -> bool:
    """Whether the day is still on its way: a day that runs must not make the last good one look stale."""
    try:
        verdicts = {row["gate"]: row["is_open"] for row in store.rows(LAKE["verdicts"], day)}
    except LakeError:
        return False
    return all(verdicts.values()) and not verdicts.keys() >= GATES


def _outcomes(store: Lake, day: date) -> dict[str, int]:
    """How many sources had which outcome; none where the ledger is damaged, for the page must come out all the same."""
    try:
        found = Counter(row["outcome"] for row in store.rows(LAKE["ledger"], day))
    except LakeError:
        return {}
    return dict(sorted(found.items()))


def judge(lines: Sequence[DayLine], before: Standing) -> Standing:
    """The standing, whatever the order in which the days ran; what is up and outdated is as `before` has it."""
    latest = max((line.day for line in lines if line.gate == "open" and line.has_report), default=None)
    closed = next(_closed_after(lines, latest), None)
    unfinished = tuple(line.day for line in lines if line.gate == "pending" and latest and line.day < latest)
    since, reason = (closed.day, closed.reason) if closed else (None, None)
    return Standing(before.serial, latest, since, reason, unfinished, before.edition, before.outdated)


def _closed_after(lines: Sequence[DayLine], latest: date | None) -> Iterator[DayLine]:
    return (line for line in lines if line.gate == "closed" and (latest is None or line.day > latest))
