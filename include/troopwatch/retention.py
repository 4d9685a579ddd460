"""What is not kept for ever: raw captures, downloads of old editions, Airflow's logs and its records, as settings say.

The newest edition is never touched, nor what older ones were. Files go one by one, the oldest day first: a run that is
killed has removed some of them, and the next one removes the rest.
"""

import json
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb

from troopwatch import days, quality, stored
from troopwatch.errors import HopelessError
from troopwatch.lake import Lake
from troopwatch.publish import standing, swap
from troopwatch.publish.editions import shelf
from troopwatch.settings import Settings

DAGS = ("troopwatch_daily", "troopwatch_feeds", "troopwatch_upkeep")
"""Ours. Logs and records of other DAGs in the same Airflow are theirs."""
RECORDS = ("dag_run", "log")
"""Tables of Airflow that grow with every run and say of which DAG; what belongs to a run goes with its row."""
CITING = ("articles", "deployments", "demands")
"""Tables of the published file whose rows name the WARC file that holds their evidence."""


class RetentionError(HopelessError):
    """What is published cannot be read, so that nobody knows which captures it cites; nothing was removed."""


def retire_captures(settings: Settings, today: date) -> int:
    """Remove raw captures of days that are older than `keep_raw_days`; how many WARC files that were.

    Only of days that are published and whose gates are open: any other day may have to be normalized again. Of a day
    that is not finished (a killed visit has left a journal), or that was captured lately, everything stays too. What
    the published edition cites stays, unless `keep_cited_raw` is off. Documents, mentions and the ledger's rows always
    stay: the day can still be read, but not normalized again. Raises RetentionError.
    """
    if not settings.keep_raw_days:
        return 0
    gone = list(_spare(settings, today - settings.keep_raw_days * days.ONE))
    for path in gone:
        path.unlink(missing_ok=True)
    _remove_empty(settings.data / "scrape" / "captures", "day=*")
    return len(gone)


def retire_editions(settings: Settings) -> int:
    """Remove the downloads of all but the newest `keep_editions` editions; how many editions that were.

    What each edition was, what it changed and its reports stay, as do its inputs: it can be made anew.
    """
    with Lake(settings.data).lock("publish"):
        older = shelf.kept(settings.published)[: -settings.keep_editions] if settings.keep_editions else []
        old = [one for one in older if one.has_downloads]
        for one in old:
            shelf.remove_downloads(one)
    return len(old)


def retire_inputs(settings: Settings) -> int:
    """Remove stored inputs of candidates that were never published; how many files that were. Raises LakeError.

    What an edition was made from stays for ever. No candidate is made and none published meanwhile.
    """
    store = Lake(settings.data)
    with store.lock("aggregate"), store.lock("publish"):
        waiting = settings.data.glob("aggregate/edition-*.inputs")
        cited = [json.loads(path.read_bytes())["manifests"] for path in waiting]
        cited += [one.facts["manifests"] for one in shelf.kept(settings.published)]
        return stored.retire(settings.data, cited)


def retire_logs(folder: Path, settings: Settings, now: datetime) -> int:
    """Remove log files of our DAGs that nobody has written to for `keep_log_days`; how many that were.

    `folder` is Airflow's, with a folder for each DAG.
    """
    if not settings.keep_log_days:
        return 0
    oldest = (now - timedelta(days=settings.keep_log_days)).timestamp()
    ours = [folder / f"dag_id={dag}" for dag in DAGS]
    logs = sorted(path for of_dag in ours for path in of_dag.rglob("*.log") if not path.is_symlink())
    old = [path for path in logs if path.stat().st_mtime < oldest]
    for path in old:
        path.unlink(missing_ok=True)
    for of_dag in ours:
        _remove_empty(of_dag, "**/*=*")
    return len(old)


def record_cleaning(settings: Settings, now: datetime) -> list[str]:
    """The arguments of the Airflow command that removes records older than `keep_record_days`; none to keep them all.

    Only what a run of our DAGs leaves: its own row takes those of its tasks along, and the last scheduled run of each
    DAG stays.
    """
    if not settings.keep_record_days:
        return []
    before = (now - timedelta(days=settings.keep_record_days)).isoformat(timespec="seconds")
    what = ["--tables", ",".join(RECORDS), "--dag-ids", ",".join(DAGS)]
    return ["db", "clean", "--clean-before-timestamp", before, *what, "--skip-archive", "--yes"]


def _spare(settings: Settings, before: date) -> Iterator[Path]:
    """The WARC files that may go, the oldest day first. Raises RetentionError."""
    old = dict(_old_captures(settings.data, before))
    published = _days(settings.published / swap.FILE) if old else frozenset()
    kept = _cited(settings.published) if old and settings.keep_cited_raw else frozenset()
    for day in sorted(old.keys() & published):
        spare = [path for path in old[day] if path.relative_to(settings.data).as_posix() not in kept]
        if spare and _stands(day, settings):
            yield from spare


def _old_captures(data: Path, before: date) -> Iterator[tuple[date, list[Path]]]:
    """The WARC files of finished days before a day, where none was written on that day or later either."""
    instant = days.start(before).timestamp()
    for folder in data.glob("scrape/captures/day=*"):
        day, files = days.said_by(folder.name.removeprefix("day=")), sorted(folder.glob("*.warc.gz"))
        is_old = day and day < before and all(path.stat().st_mtime < instant for path in files)
        if day and is_old and files and not any(folder.glob(".*")):
            yield day, files


def _stands(day: date, settings: Settings) -> bool:
    """Whether a day waits for nothing: its gates let it through as it is now, and its report is up."""
    lake = Lake(settings.data)
    is_open, _ = quality.is_open(day, lake)
    is_up = standing.report_path(settings.published, day).exists()
    return is_open and is_up and not quality.refused_edition(day, lake)


def _days(file: Path) -> frozenset[date]:
    """The days whose documents the published file holds; none where nothing is published. Raises RetentionError."""
    asked = "SELECT DISTINCT day FROM coverage WHERE documents IS NOT NULL"
    return frozenset(day for (day,) in _ask(file, asked))


def _cited(published: Path) -> frozenset[str]:
    """The WARC files, from the data folder's root, that what can be downloaded names. Raises RetentionError."""
    asked = " UNION ".join(f"SELECT warc_file FROM {table}" for table in CITING)  # noqa: S608 - names of our own tables
    files = [published / swap.FILE, *(one.folder / shelf.DATABASE for one in shelf.kept(published))]
    return frozenset(name for file in files for (name,) in _ask(file, asked))


def _ask(file: Path, sql: str) -> list[tuple[Any, ...]]:
    if not file.exists():
        return []
    try:
        with duckdb.connect(str(file), read_only=True) as connection:
            return connection.execute(sql).fetchall()
    except duckdb.Error as error:
        raise RetentionError(f"{file} cannot be read ({error}): no raw capture is removed") from error


def _remove_empty(folder: Path, pattern: str) -> None:
    """Remove the folders of this pattern that hold nothing any more, the innermost first."""
    for path in sorted((p for p in folder.glob(pattern) if p.is_dir() and not p.is_symlink()), reverse=True):
        with suppress(OSError):  # it holds something, or a run has just put something there
            path.rmdir()
