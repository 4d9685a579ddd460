"""What "the day" of a run is: Airflow's `ds`, a UTC day, the same for scheduled, backfilled, manual and shell runs."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from troopwatch.errors import HopelessError

ONE = timedelta(days=1)


class NoDayError(HopelessError):
    """A run that cannot say which day it is for."""


def parse(words: str) -> date:
    """A day from YYYY-MM-DD, and from nothing else."""
    try:
        day = date.fromisoformat(words)
    except ValueError:
        day = None
    if day is None or str(day) != words:
        raise NoDayError(f"{words!r} is no day: write it as YYYY-MM-DD")
    return day


def said_by(words: str) -> date | None:
    """The day that a name says; None for a name that somebody else gave."""
    try:
        return parse(words)
    except NoDayError:
        return None


def of_run(context: Mapping[str, Any], now: datetime) -> date:
    """The day of an Airflow run: its `ds`, and never data_interval_start, which `dags test` sets a day earlier.

    Raises NoDayError for a run without a logical date, and for a day that is not over at `now`: half a day of news
    would be published as a whole one.
    """
    if not context.get("ds"):
        raise NoDayError("this run has no logical date: trigger it with the day it is for as its logical date")
    day = parse(context["ds"])
    if end(day) > now:
        raise NoDayError(f"{day} is not over yet (UTC): trigger the run with the logical date of a day that is")
    return day


def start(day: date) -> datetime:
    return datetime.combine(day, time.min, UTC)


def end(day: date) -> datetime:
    """The first instant that no longer belongs to the day."""
    return start(day) + ONE


def of(instant: datetime) -> date:
    """The UTC day of an instant."""
    return instant.astimezone(UTC).date()


def between(first: date, last: date) -> list[date]:
    """All days from `first` to `last`, both included."""
    if last < first:
        raise NoDayError(f"{first} is after {last}")
    return [first + n * ONE for n in range((last - first).days + 1)]


def can_be_asked_now(day: date, now: datetime) -> bool:
    """Whether what is served at `now` still belongs to the day: while it lasts, and during the day after it."""
    return start(day) <= now < end(day) + ONE
