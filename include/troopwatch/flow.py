"""A run of one day: the steps of the five stages in their order, as a shell and the DAG both take them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Self

from troopwatch import (
    aggregate,
    days,
    detect,
    normalize,
    publish,
    quality,
    retention,
    scrape,
    settings,
    sources,
    upkeep,
)
from troopwatch.lake import LakeError
from troopwatch.quality import GateClosedError
from troopwatch.settings import Settings

Counts = dict[str, int]


@dataclass(frozen=True)
class Run:
    """One day and what it is run with. `now` is the clock's time: nothing below reads a clock."""

    day: date
    settings: Settings
    now: datetime
    words: str | None = None
    """Sources by name or group; None: those of the settings."""

    @classmethod
    def of(cls, context: Mapping[str, Any], clock: datetime) -> Self:
        """The run that an Airflow task belongs to. Raises NoDayError."""
        loaded = settings.load()
        now = loaded.instant(clock)
        return cls(days.of_run(context, now), loaded, now, context["params"].get("sources"))

    @classmethod
    def present(cls, context: Mapping[str, Any], clock: datetime) -> Self:
        """A run about the day that is passing: for polls and upkeep."""
        loaded = settings.load()
        now = loaded.instant(clock)
        return cls(days.of(now), loaded, now, context["params"].get("sources"))

    def take(self, step: str, what: str | None = None) -> Any:
        """Take the step of that name; `what` is the source or candidate it is about, for those that are."""
        method = getattr(self, step)
        return method(what) if what is not None else method()

    def sources(self) -> list[str]:
        """Names of the sources that are asked. Raises SourceError."""
        return [s.name for s in sources.choose(self.settings.sources, self.words or self.settings.groups)]

    def scrape(self, source: str) -> Counts:
        return scrape.run(self.day, source, self.settings, self.now)

    def poll(self, source: str) -> Counts:
        """Capture what a live source serves now."""
        return scrape.poll(self.day, source, self.settings, self.now)

    def scrape_all(self) -> Counts:
        """All sources of the run, one after the other."""
        counts = Counter[str]()
        for source in self.sources():
            counts.update(self.scrape(source))
        return dict(counts)

    def normalize(self) -> Counts:
        return normalize.run(self.day, self.settings)

    def judge_documents(self) -> Counts:
        return self._judge("documents")

    def detect(self) -> Counts:
        return detect.run(self.day, self.settings)

    def judge_mentions(self) -> Counts:
        return self._judge("mentions")

    def aggregate(self) -> str:
        """Build a candidate from all open days; its path."""
        return str(aggregate.run(self.settings).path)

    def judge_edition(self, candidate: str) -> int:
        """Judge a candidate; the number of checks. Raises GateClosedError."""
        with self._telling_readers():
            return len(quality.judge_edition(self.day, Path(candidate), self.settings))

    def publish(self, candidate: str) -> Counts:
        return self.publish_all(candidate, [self.day])

    def publish_all(self, candidate: str, wanted: Iterable[date]) -> Counts:
        """Publish a candidate with the reports of several days."""
        return publish.run(wanted, Path(candidate), self.settings)

    def sweep(self) -> int:
        """Remove leftovers; how many. What is published says anew where it stands: a run that crashed told nobody."""
        swept = upkeep.sweep(self.settings, self.now)
        publish.refresh_standing(self.settings)
        return swept

    def retain(self, logs: str) -> Counts:
        """Remove raw captures and log files, in the folder `logs`, that are older than the settings keep them."""
        captures = retention.retire_captures(self.settings, self.day)
        return {"captures": captures, "logs": retention.retire_logs(Path(logs), self.settings, self.now)}

    def listen(self) -> None:
        """Raises SilentSourcesError where a source fared badly up to the last full day."""
        upkeep.listen(self.settings, self.day - days.ONE)

    def until_detected(self) -> Counts:
        """The part of a day that stands on that day alone: scrape, normalize, detect, and their gates."""
        counts = self.scrape_all() | self.normalize()
        self.judge_documents()
        counts |= self.detect()
        self.judge_mentions()
        return counts

    def _judge(self, gate: str) -> Counts:
        with self._telling_readers():
            return quality.judge(self.day, gate, self.settings)

    @contextmanager
    def _telling_readers(self) -> Iterator[None]:
        """Where a gate closes or a file is damaged, what is published says so before the run ends."""
        try:
            yield
        except (GateClosedError, LakeError):
            publish.refresh_standing(self.settings)
            raise
