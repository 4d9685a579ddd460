"""How every source has fared over the last four weeks: its page shows it, and upkeep turns red by it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from troopwatch import days, sources
from troopwatch.lake import Lake, LakeError
from troopwatch.quality import drift
from troopwatch.settings import Settings
from troopwatch.sources import SourceError
from troopwatch.tables import LAKE, Table

Row = dict[str, Any]

SPAN = 28
"""Days that are looked at."""
PATIENCE = 3
"""Days in a row without a capture after which a source counts as silent."""
FEWEST = 6
"""Days on which a source was asked from which on a share of them means something."""
SHOWN = ("source", "title", "authors", "published_precision", "is_stub", "characters")
"""Columns of documents that a source's fill is counted from: texts are not read for it."""


@dataclass(frozen=True)
class Health:
    """One source. `outcomes` are the ledger's by day, of `span`; on a day that is not in it the source was not run.

    `shown` are shares and a median as `sources.Expected` has them, over all documents of the span; empty where there
    are fewer documents than mean something. `low` says which of them are below what the source's spec expects.
    """

    source: str
    title: str
    span: Sequence[date]
    outcomes: Mapping[date, str] = field(default_factory=dict)
    reason: str | None = None
    """Why the newest day without a capture has none."""
    articles: int = 0
    quarantined: int = 0
    shown: Mapping[str, float] = field(default_factory=dict)
    low: Sequence[str] = ()

    def count(self, outcome: str) -> int:
        return sum(found == outcome for found in self.outcomes.values())

    @property
    def asked(self) -> int:
        """Days on which it could be asked and was: a day that cannot be fetched again says nothing of its health."""
        return self.count("captured") + self.count("failed")

    @property
    def is_silent(self) -> bool:
        """Whether it was run on each of the last days and brought nothing on any of them."""
        last = [self.outcomes.get(day) for day in self.span[-PATIENCE:]]
        return None not in last and "captured" not in last

    @property
    def is_failing(self) -> bool:
        """Whether it was captured on fewer than half of the days on which it was asked."""
        return self.asked >= FEWEST and 2 * self.count("captured") < self.asked

    @property
    def complaint(self) -> str | None:
        """What is wrong, in words; None for a source that is well."""
        if self.is_silent:
            return f"silent for {PATIENCE} days"
        return f"captured on {self.count('captured')} of {self.asked} days asked" if self.is_failing else None


def of_sources(settings: Settings, last: date, span: int = SPAN) -> list[Health]:
    """The sources that the ledger of the days up to `last` names, in the order of their names.

    A damaged partition tells nothing: its day counts as one on which nobody was asked.
    """
    lake, when = Lake(settings.data), days.between(last - (span - 1) * days.ONE, last)
    ledger = _by_source(lake, LAKE["ledger"], when, ("day", "source", "outcome", "reason"))
    documents = _by_source(lake, LAKE["documents"], when, SHOWN)
    quarantine = _by_source(lake, LAKE["quarantine"], when, ("source",))
    known = specs(settings)
    return [
        _health(name, known.get(name), when, rows, documents.get(name, []), len(quarantine.get(name, [])))
        for name, rows in sorted(ledger.items())
    ]


def complaints(found: Iterable[Health]) -> dict[str, str]:
    """What is wrong with sources, by name; those that are well are not in it."""
    return {health.source: health.complaint for health in found if health.complaint}


def _health(  # noqa: PLR0913, PLR0917 - what is known of one source, table by table
    name: str,
    spec: sources.Source | None,
    when: Sequence[date],
    ledger: Sequence[Row],
    documents: Sequence[Row],
    quarantined: int,
) -> Health:
    shown = drift.shown(documents, quarantined) if len(documents) >= drift.FEWEST else {}
    expected = spec.expects.model_dump() if spec and shown else {}
    low = [f"{what} {shown[what]:.4g}, at least {least:g} expected" for what, least in expected.items()]
    return Health(
        name,
        spec.title if spec else name,
        when,
        {row["day"]: row["outcome"] for row in ledger},
        next((row["reason"] for row in reversed(ledger) if row["outcome"] != "captured"), None),
        len(documents),
        quarantined,
        shown,
        [words for words, (what, least) in zip(low, expected.items(), strict=True) if shown[what] < least],
    )


def _by_source(lake: Lake, table: Table, when: Iterable[date], names: Sequence[str]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in (row for day in when for row in _readable(lake, table, day, names)):
        found.setdefault(row["source"], []).append(row)
    return found


def _readable(lake: Lake, table: Table, day: date, names: Sequence[str]) -> list[Row]:
    try:
        return lake.columns(table, day, names)
    except LakeError:
        return []


def specs(settings: Settings) -> Mapping[str, sources.Source]:
    """The sources by name; none where a spec is wrong, for what was captured can be told without them."""
    try:
        return sources.load(settings.sources)
    except SourceError:
        return {}
