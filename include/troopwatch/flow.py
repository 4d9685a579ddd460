"""A run of one day: the steps of the five stages in their order, as a shell and the DAG both take them."""

import logging
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Self

from troopwatch import (
    aggregate,
    begin,
    days,
    detect,
    lines,
    normalize,
    publish,
    quality,
    retention,
    scrape,
    settings,
    sources,
    upkeep,
)
from troopwatch.lake import Lake, LakeError
from troopwatch.quality import GateClosedError
from troopwatch.settings import Settings
from troopwatch.tables import PUBLISHED

Counts = dict[str, int]
LOG = logging.getLogger(__name__)


class LeftOut(Exception):  # noqa: N818 - nothing went wrong
    """A step that has nothing to do; the message says why."""


@dataclass(frozen=True)
class Run:
    """One day and what it is run with. `now` is the clock's time: nothing below reads a clock."""

    day: date
    settings: Settings
    now: datetime
    words: str | None = None
    """Sources by name or group; None: those of the settings."""
    first: str = begin.STAGES[0]
    """The stage that the run begins with; what those before it left stands."""

    @classmethod
    def of(cls, context: Mapping[str, Any], clock: datetime) -> Self:
        """The run that an Airflow task belongs to. Raises NoDayError."""
        loaded = settings.load()
        now = loaded.instant(clock)
        asked = context["params"]
        return cls(days.of_run(context, now), loaded, now, asked.get("sources"), asked.get("from_stage", cls.first))

    @classmethod
    def present(cls, context: Mapping[str, Any], clock: datetime) -> Self:
        """A run about the day that is passing: for polls and upkeep."""
        loaded = settings.load()
        now = loaded.instant(clock)
        return cls(days.of(now), loaded, now, context["params"].get("sources"))

    def take(self, step: str, what: Any = None) -> Any:
        """Take the step of that name; `what` is the source or candidate it is about, for those that are.

        The log's first line says what went in, came out and was set aside, or why the step failed or has nothing to
        do. Raises LeftOut in the last case, CannotBeginError where an earlier stage has left nothing to begin with.
        """
        about = what if isinstance(what, str) and step in {"scrape", "poll"} else None
        try:
            made = self._take(step, what)
        except (LeftOut, Exception) as error:
            tell = LOG.info if isinstance(error, LeftOut) else LOG.error
            tell("%s: %s", lines.title(step, about, self.day), lines.first(error))
            raise
        if isinstance(made, dict):
            LOG.info("%s", lines.line(step, about, self.day, made))
        elif not isinstance(made, str):  # a candidate, whose step has told of itself
            LOG.info("%s: %s", lines.title(step, about, self.day), made)
        return made

    def _take(self, step: str, what: Any) -> Any:
        if why := begin.left_out(step, self.day, self.first):
            raise LeftOut(why)
        if begin.STAGE_OF.get(step) == self.first:
            begin.check(self.day, self.first, Lake(self.settings.data))
        made = getattr(self, step)(*([] if what is None else [what]))
        if step == "scrape" and (why := scrape.why_nothing(self.day, what, self.settings)):
            raise LeftOut(f"no data: {why}")
        return made

    def sources(self) -> list[str]:
        """Names of the sources that are asked. Raises SourceError."""
        known, words = self.settings, self.words or self.settings.groups
        return [source.name for source in sources.choose(known.sources, words, known.only)]

    def scrape(self, source: str) -> Counts:
        return scrape.run(self.day, source, self.settings, self.now)

    def poll(self, source: str) -> Counts:
        """Capture what a live source serves now."""
        return scrape.poll(self.day, source, self.settings, self.now)

    def tally(self, names: Sequence[str] | None = None) -> Counts:
        """What all sources came to. Raises NothingScrapedError where none has ended."""
        return scrape.tally(self.day, names, self.settings)

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

    def judge_history(self) -> Counts:
        """Hold the day, and later days whose past it is, against what is usual. Raises GateClosedError."""
        with self._telling_readers():
            return quality.judge_history(self.day, self.settings)

    def aggregate(self) -> str:
        """Build a candidate from all open days; its path."""
        made = aggregate.run(self.settings)
        LOG.info("%s", lines.line("aggregate", None, self.day, made.counts))
        return str(made.path)

    def judge_edition(self, candidate: str) -> Counts:
        """Judge a candidate; the counts of tables, checks and warnings. Raises GateClosedError."""
        with self._telling_readers():
            findings = quality.judge_edition(self.day, Path(candidate), self.settings)
        return {"tables": len(PUBLISHED), "checks": len(findings), "warnings": sum(not f["passed"] for f in findings)}

    def reject(self, candidate: str | None) -> None:
        """A person's no: the day is closed until it is judged again, and the candidate is not published either."""
        quality.reject(self.day, Lake(self.settings.data))
        quality.rejudge_later(self.day, self.settings)
        if candidate:
            quality.mark_of(Path(candidate)).unlink(missing_ok=True)
        publish.refresh_standing(self.settings)

    def publish(self, candidate: str | None = None) -> Counts:
        """Publish a candidate with the day's report. None: the newest that a gate has let through."""
        return self.publish_all(candidate or str(publish.newest(self.day, self.settings)), [self.day])

    def publish_all(self, candidate: str, wanted: Iterable[date]) -> Counts:
        """Publish a candidate with the reports of several days."""
        return publish.run(wanted, Path(candidate), self.settings, self.now)

    def heal(self) -> Counts:
        """Make anew every report that what is published contradicts: a run does so for the newest 28 alone."""
        return publish.heal(self.settings, self.now)

    def sweep(self) -> int:
        """Remove leftovers; how many. What is published says anew where it stands: a run that crashed told nobody."""
        swept = upkeep.sweep(self.settings, self.now)
        publish.refresh_standing(self.settings)
        return swept

    def retain(self, logs: str) -> Counts:
        """Remove log files, in the folder `logs`, downloads and raw captures that the settings do not keep."""
        removed = retention.retire_logs(Path(logs), self.settings, self.now)  # first: a damaged edition stops captures
        counts = {"logs": removed, "editions": retention.retire_editions(self.settings)}
        counts |= {"inputs": retention.retire_inputs(self.settings)}
        return counts | {"captures": retention.retire_captures(self.settings, self.day)}

    def listen(self) -> None:
        """Raises SilentSourcesError where a source fared badly up to the last full day."""
        upkeep.listen(self.settings, self.day - days.ONE)

    def until_detected(self) -> Counts:
        """What a day needs before an edition is made: scrape, normalize, detect, and all gates of a day."""
        counts = self.scrape_all() | self.normalize()
        self.judge_documents()
        counts |= self.detect()
        self.judge_mentions()
        self.judge_history()
        return counts

    def _judge(self, gate: str) -> Counts:
        """Judge the day; where its gate closes, it is nobody's past any more, and later days are judged without it."""
        with self._telling_readers():
            try:
                return quality.judge(self.day, gate, self.settings)
            except (GateClosedError, LakeError):
                with suppress(LakeError):  # what closed the gate is what is told
                    quality.rejudge_later(self.day, self.settings)
                raise

    @contextmanager
    def _telling_readers(self) -> Iterator[None]:
        """Where a gate closes or a file is damaged, what is published says so before the run ends."""
        try:
            yield
        except (GateClosedError, LakeError):
            publish.tell_of_closed(self.day, self.settings)
            raise
