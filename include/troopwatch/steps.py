"""The steps of a run of one day, each taken where its files are at hand: in the data folder or in a view of a store."""

import logging
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, Self

from troopwatch import (
    aggregate,
    begin,
    days,
    detect,
    lines,
    mirror,
    normalize,
    publish,
    quality,
    rebuild,
    retention,
    scrape,
    sources,
    upkeep,
)
from troopwatch.lake import Lake, LakeError
from troopwatch.mirror import mirrored
from troopwatch.quality import GateClosedError
from troopwatch.scrape import find
from troopwatch.settings import Settings
from troopwatch.tables import PUBLISHED

Counts = dict[str, int]
LOG = logging.getLogger("troopwatch.flow")  # one name for all lines of a run


@dataclass(frozen=True)
class Steps:
    """One day and what it is run with. `now` is the clock's time: nothing below reads a clock."""

    day: date
    settings: Settings
    now: datetime
    words: str | None = None
    """Sources by name or group; None: those of the settings."""
    first: str = begin.STAGES[0]
    """The stage that the run begins with; what those before it left stands."""
    approval: bool = False
    """Whether the day is closed until a person has said yes."""
    closed_later: list[GateClosedError] = field(default_factory=list, compare=False)
    """Later days whose gate this run's steps have closed: their own runs are over, so whoever takes the steps tells."""

    def at(self, settings: Settings) -> Self:
        """The same run with other settings."""
        return replace(self, settings=settings)

    @mirrored
    def check(self) -> None:
        """Raises CannotBeginError where the run's first stage has nothing to begin with."""
        begin.check(self.day, self.first, Lake(self.settings.data))

    @mirrored
    def why_nothing(self, source: str) -> str | None:
        """Why there are no data of a source; None where there are some."""
        return scrape.why_nothing(self.day, source, self.settings)

    def sources(self) -> list[str]:
        """Names of the sources that are asked. Raises SourceError."""
        known, words = self.settings, self.words or self.settings.groups
        return [source.name for source in sources.choose(known.sources, words, known.only)]

    @mirrored
    def scrape(self, source: str) -> Counts:
        return scrape.run(self.day, source, self.settings, self.now)

    @mirrored
    def poll(self, source: str) -> Counts:
        """Capture what a live source serves now."""
        return scrape.poll(self.day, source, self.settings, self.now)

    @mirrored
    def tally(self, names: Sequence[str] | None = None) -> Counts:
        """What all sources came to. Raises NothingScrapedError where none has ended."""
        return scrape.tally(self.day, names, self.settings)

    def scrape_all(self) -> Counts:
        """All sources of the run, one after the other."""
        counts = Counter[str]()
        for source in self.sources():
            counts.update(self.scrape(source))
        return dict(counts)

    @mirrored
    def normalize(self) -> Counts:
        return normalize.run(self.day, self.settings)

    def judge_documents(self) -> Counts:
        return self._judge("documents")

    @mirrored
    def detect(self) -> Counts:
        return detect.run(self.day, self.settings)

    def judge_mentions(self) -> Counts:
        return self._judge("mentions")

    def judge_history(self) -> Counts:
        """Hold the day, and later days whose past it is, against what is usual. Raises GateClosedError."""
        with self._telling_readers():
            return self.hold_against_past()

    @mirrored
    def aggregate(self) -> str:
        """Build a candidate from all open days; its path."""
        made = aggregate.run(self.settings)
        LOG.info("%s", lines.line("aggregate", None, self.day, made.counts))
        return mirror.name_of(made.path, self.settings)

    def judge_edition(self, candidate: str) -> Counts:
        """Judge a candidate; the counts of tables, checks and warnings. Raises GateClosedError."""
        with self._telling_readers():
            findings = self.judge_candidate(candidate)
        return {"tables": len(PUBLISHED), "checks": len(findings), "warnings": sum(not f["passed"] for f in findings)}

    @mirrored
    def hold(self) -> None:
        """The day is closed until a person has said yes; what is published says so."""
        quality.hold(self.day, Lake(self.settings.data))
        publish.tell_of_closed(self.day, self.settings)

    @mirrored
    def approve(self) -> None:
        """A person's yes, or nothing to ask about: a day that only waited for it is open."""
        quality.approve(self.day, Lake(self.settings.data))

    @mirrored
    def reject(self) -> None:
        """A person's no: the day is closed until it is judged again."""
        quality.reject(self.day, Lake(self.settings.data))
        quality.rejudge_later(self.day, self.settings, self.closed_later.append)
        publish.refresh_standing(self.settings)

    @mirrored
    def publish(self, candidate: str | None = None) -> Counts:
        """Publish a candidate with the day's report. None: the newest that a gate has let through."""
        return self.publish_all(candidate or str(publish.newest(self.day, self.settings)), [self.day])

    @mirrored
    def publish_all(self, candidate: str, wanted: Iterable[date]) -> Counts:
        """Publish a candidate with the reports of several days."""
        return publish.run(wanted, mirror.path_of(candidate, self.settings), self.settings, self.now)

    @mirrored
    def heal(self) -> Counts:
        """Make anew every report that what is published contradicts: a run does so for the newest 28 alone."""
        return publish.heal(self.settings, self.now)

    @mirrored
    def rebuild(self, edition: int) -> rebuild.Rebuilt:
        """Make an edition anew from its stored inputs, and compare. Raises RebuildError, PublishError."""
        return rebuild.run(edition, self.settings)

    @mirrored
    def tell_readers(self) -> None:
        """The day's quality page says by what it was closed, and what is published where it stands."""
        publish.tell_of_closed(self.day, self.settings)

    @mirrored
    def sweep(self) -> int:
        """Remove leftovers; how many. What is published says anew where it stands: a run that crashed told nobody."""
        swept = upkeep.sweep(self.settings, self.now)
        publish.refresh_standing(self.settings)
        return swept

    @mirrored
    def retain(self, logs: str) -> Counts:
        """Remove log files, in the folder `logs`, downloads and raw captures that the settings do not keep."""
        removed = retention.retire_logs(Path(logs), self.settings, self.now)  # first: a damaged edition stops captures
        counts = {"logs": removed, "editions": retention.retire_editions(self.settings)}
        counts |= {"inputs": retention.retire_inputs(self.settings)}
        return counts | {"captures": retention.retire_captures(self.settings, self.day)}

    @mirrored
    def listen(self) -> None:
        """Raises SilentSourcesError where a source fared badly up to the last full day."""
        upkeep.listen(self.settings, self.day - days.ONE)

    @mirrored
    def find(self, url: str) -> list[find.Found]:
        """All captures of an address. Raises LakeError for a damaged partition."""
        return list(find.find(Lake(self.settings.data), url))

    def until_detected(self) -> Counts:
        """What a day needs before an edition is made: scrape, normalize, detect, and all gates of a day."""
        counts = self.scrape_all() | self.normalize()
        self.judge_documents()
        counts |= self.detect()
        self.judge_mentions()
        self.judge_history()
        return counts

    @mirrored
    def judge(self, gate: str) -> Counts:
        """Judge the day at one gate. Raises GateClosedError."""
        return quality.judge(self.day, gate, self.settings)

    @mirrored
    def hold_against_past(self) -> Counts:
        """Judge the day and those after it by what is usual. Raises GateClosedError."""
        return quality.judge_history(self.day, self.settings, self.closed_later.append, waits=self.approval)

    @mirrored
    def rejudge_later(self) -> None:
        """Judge those after the day without it."""
        quality.rejudge_later(self.day, self.settings, self.closed_later.append)

    @mirrored
    def judge_candidate(self, candidate: str) -> list[dict[str, Any]]:
        """What was found of a candidate. Raises GateClosedError."""
        return quality.judge_edition(self.day, mirror.path_of(candidate, self.settings), self.settings)

    def _judge(self, gate: str) -> Counts:
        """Judge the day; where its gate closes, it is nobody's past any more, and later days are judged without it."""
        with self._telling_readers():
            try:
                return self.judge(gate)
            except mirror.StoreError:
                raise
            except (GateClosedError, LakeError):
                with suppress(LakeError):  # what closed the gate is what is told
                    self.rejudge_later()
                raise

    @contextmanager
    def _telling_readers(self) -> Iterator[None]:
        """Where a gate closes or a file is damaged, what is published says so before the run ends."""
        try:
            yield
        except mirror.StoreError:
            raise
        except (GateClosedError, LakeError):
            self.tell_readers()
            raise
