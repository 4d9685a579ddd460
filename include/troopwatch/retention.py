"""What is not kept for ever: raw captures, Airflow's logs and its records, each for the days that the settings say.

Nothing that is published is ever touched. Files go one by one, the oldest day first: a run that is killed has removed
some of them, and the next one removes the rest.
"""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, timedelta
from pathlib import Path

import duckdb

from troopwatch import days
from troopwatch.days import NoDayError
from troopwatch.errors import HopelessError
from troopwatch.settings import Settings

RECORDS = ("dag_run", "job", "log")
"""Tables of Airflow that grow with every run; what belongs to a run goes with its row."""
CITING = ("articles", "deployments", "demands")
"""Tables of the published file whose rows name the WARC file that holds their evidence."""


class RetentionError(HopelessError):
    """What is published cannot be read, so that nobody knows which captures it cites; nothing was removed."""


def retire_captures(settings: Settings, today: date) -> int:
    """Remove raw captures of days that are older than `keep_raw_days`; how many WARC files that were.

    What the published edition cites stays, unless `keep_cited_raw` is off. Of a day that is not finished (a killed
    visit has left a journal) everything stays. Documents, mentions and the ledger's rows stay too: the day can still
    be read, but not normalized again. Raises RetentionError.
    """
    if not settings.keep_raw_days:
        return 0
    cited = _cited(settings) if settings.keep_cited_raw else frozenset()
    oldest = today - settings.keep_raw_days * days.ONE
    gone = [
        path for path in _captures(settings.data, oldest) if path.relative_to(settings.data).as_posix() not in cited
    ]
    for path in gone:
        path.unlink(missing_ok=True)
    _remove_empty(settings.data / "scrape" / "captures", "day=*")
    return len(gone)


def retire_logs(folder: Path, settings: Settings, now: datetime) -> int:
    """Remove Airflow's log files that nobody has written to for `keep_log_days`; how many that were."""
    if not settings.keep_log_days:
        return 0
    oldest = (now - timedelta(days=settings.keep_log_days)).timestamp()
    old = [path for path in sorted(folder.rglob("*.log")) if not path.is_symlink() and path.stat().st_mtime < oldest]
    for path in old:
        path.unlink(missing_ok=True)
    _remove_empty(folder, "**/*=*")
    return len(old)


def record_cleaning(settings: Settings, now: datetime) -> list[str]:
    """The arguments of the Airflow command that removes records older than `keep_record_days`; none to keep them all.

    Only what a run leaves: its own row takes those of its tasks along, and the last scheduled run of each DAG stays.
    """
    if not settings.keep_record_days:
        return []
    before = (now - timedelta(days=settings.keep_record_days)).isoformat(timespec="seconds")
    tables = ",".join(RECORDS)
    return ["db", "clean", "--clean-before-timestamp", before, "--tables", tables, "--skip-archive", "--yes"]


def _captures(data: Path, before: date) -> Iterator[Path]:
    """The WARC files of finished days before a day, in order."""
    for folder in sorted(data.glob("scrape/captures/day=*")):
        day = _day_of(folder)
        if day and day < before and not any(folder.glob(".*")):
            yield from sorted(folder.glob("*.warc.gz"))


def _day_of(folder: Path) -> date | None:
    try:
        return days.parse(folder.name.removeprefix("day="))
    except NoDayError:
        return None


def _cited(settings: Settings) -> frozenset[str]:
    """The WARC files that the published edition names, from the root of the data folder."""
    file = settings.published / "troopwatch.duckdb"
    if not file.exists():
        raise RetentionError(f"nothing is published in {file.parent}: no raw capture is removed before it is")
    named = " UNION ".join(f"SELECT warc_file FROM {table}" for table in CITING)  # noqa: S608 - names of our own tables
    try:
        with duckdb.connect(str(file), read_only=True) as connection:
            return frozenset(name for (name,) in connection.execute(named).fetchall())
    except duckdb.Error as error:
        raise RetentionError(f"{file} cannot be read ({error}): no raw capture is removed") from error


def _remove_empty(folder: Path, pattern: str) -> None:
    """Remove the folders of this pattern that hold nothing any more, the innermost first."""
    for path in sorted((p for p in folder.glob(pattern) if p.is_dir() and not p.is_symlink()), reverse=True):
        with suppress(OSError):  # it holds something, or a run has just put something there
            path.rmdir()
