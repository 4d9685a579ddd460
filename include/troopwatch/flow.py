"""A run of one day: the steps of the five stages in their order, as a shell and the DAG both take them."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from troopwatch import begin, days, lines, settings
from troopwatch.steps import Counts, Steps

__all__ = ["Counts", "LeftOut", "Run"]
LOG = logging.getLogger(__name__)


class LeftOut(Exception):  # noqa: N818 - nothing went wrong
    """A step that has nothing to do; the message says why."""


@dataclass(frozen=True)
class Run(Steps):
    """The steps of one day, taken by their names."""

    @classmethod
    def of(cls, context: Mapping[str, Any], clock: datetime) -> Self:
        """The run that an Airflow task belongs to. Raises NoDayError."""
        loaded = settings.load()
        now = loaded.instant(clock)
        asked = context["params"]
        words, first, approval = asked.get("sources"), asked.get("from_stage", cls.first), asked.get("approval", False)
        return cls(days.of_run(context, now), loaded, now, words, first, approval)

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
            self.check()
        made = getattr(self, step)(*([] if what is None else [what]))
        if step == "scrape" and (why := self.why_nothing(what)):
            raise LeftOut(f"no data: {why}")
        return made
