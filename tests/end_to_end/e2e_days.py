"""What the end-to-end tests share: days of the newsroom and of the real feed, run as the DAG runs them."""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

import duckdb

import newsroom
from troopwatch import days
from troopwatch.flow import Run
from troopwatch.settings import Settings
from troopwatch.tables import HISTORY, PUBLISHED

NEWSROOM_DAYS = [date(2024, 10, n) for n in (17, 18, 21, 23, 28, 31)] + [date(2024, 11, n) for n in (1, 4)]


EDITIONS = re.compile(rb"<!-- editions: begin -->.*<!-- editions: end -->", re.DOTALL)
"""Where the landing page lists the editions."""


def run_newsroom(data: Path, wanted: Iterable[date], words: str = "demo") -> None:
    """Run days of the newsroom one after the other, each published before the next, as scheduled runs would be."""
    for day in wanted:
        now = days.end(day) + timedelta(minutes=30)
        with newsroom.serve(lambda now=now: now) as served:
            settings = Settings(data=data, connect_to=served.connect_to, pause=0)
            run_whole(Run(day, settings, now, words))


def run_whole(run: Run) -> None:
    """All steps of the DAG for one day. Raises GateClosedError as they do."""
    run.until_detected()
    candidate = run.aggregate()
    run.judge_edition(candidate)
    run.publish(candidate)


def lake_files(data: Path) -> dict[str, bytes]:
    """Every file of the lake with its bytes."""
    stages = ("scrape", "normalize", "detect", "quality")
    files = (p for stage in stages for p in (data / stage).rglob("*") if p.is_file())
    return {str(p.relative_to(data)): p.read_bytes() for p in files}


def pages(data: Path) -> dict[str, bytes]:
    """Every published page with its bytes, but for those of editions: they come in the order of the runs."""
    found = (p for p in (data / "published").rglob("*.html") if "editions" not in p.parts)
    return {str(p.relative_to(data)): EDITIONS.sub(b"", p.read_bytes()) for p in found}


def content(data: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every published table, in order, but for those that say how the file came about."""
    with duckdb.connect(str(data / "published" / "troopwatch.duckdb"), read_only=True) as connection:
        return {
            name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in PUBLISHED if name not in HISTORY
        }
