"""The same days from a shell, without Airflow: what every backfill is compared with."""

import re
import subprocess
import sys
from pathlib import Path

import duckdb

from conftest import plain_environment
from troopwatch.tables import PUBLISHED

STAGES = ("scrape", "normalize", "detect", "quality")
OF_THE_ORDER = {"editions", "changes"}
"""Published tables that tell in which order the days came, and so differ by it."""
DAY = re.compile(r"day=(\d{4}-\d{2}-\d{2})")


def run_plainly(data: Path, first: str, last: str) -> None:
    """Days one after the other into a lake, in one process. A day without captures makes it exit with 1, and the rest
    is run all the same.
    """
    around = plain_environment() | {"TROOPWATCH_DATA": str(data)}
    days = ["day", "--from", first, "--to", last, "--sources", "state_dept_feed"]
    command = [sys.executable, "-m", "troopwatch", *days]
    done = subprocess.run(command, env=around, check=False, capture_output=True, text=True, timeout=600)
    assert "Traceback" not in done.stderr, done.stderr


def days_of(data: Path) -> set[str]:
    """Days that have anything in a lake."""
    return {found[1] for path in data.rglob("day=*") if (found := DAY.search(path.name))}


def run_the_days_of(made: Path, data: Path) -> None:
    """All days of the lake `made` into the lake `data`: the schedule's own among them."""
    for day in sorted(days_of(made) - days_of(data)):
        run_plainly(data, day, day)


def assert_same(made: Path, plain: Path) -> None:
    """The same lake to the byte, and the same rows in all that is published."""
    assert partitions(made) == partitions(plain)
    for name in partitions(made):
        assert (made / name).read_bytes() == (plain / name).read_bytes(), name
    for table, rows in content(made).items():
        assert rows == content(plain)[table], table


def partitions(data: Path) -> list[str]:
    """Every one that a lake has, by its path."""
    found = (path for stage in STAGES for path in (data / stage).rglob("*.parquet"))
    return sorted(str(path.relative_to(data)) for path in found)


def content(data: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every published table, in order."""
    names = [name for name in PUBLISHED if name not in OF_THE_ORDER]
    with duckdb.connect(str(data / "published" / "troopwatch.duckdb"), read_only=True) as connection:
        return {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in names}
