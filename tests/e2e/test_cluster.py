"""Thirty real days on two Celery workers, while a worker is killed and Redis and PostgreSQL are restarted."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb
import pytest
from cluster_walk import Cluster, wait_for
from conftest import FEED, ROOT, Station

from station.debian import BINARIES
from troopwatch.tables import PUBLISHED

needed = [shutil.which("redis-server"), list(BINARIES.glob("*/bin/initdb"))]
pytestmark = [
    pytest.mark.cluster,
    pytest.mark.filterwarnings("default"),
    pytest.mark.skipif(not FEED.is_dir(), reason=f"no captures in {FEED}"),
    pytest.mark.skipif(not all(needed), reason="no servers here (Debian: apt-get install postgresql redis-server)"),
]
FIRST, COUNT = date(2022, 2, 2), 30
DAYS = [str(FIRST + timedelta(number)) for number in range(COUNT)]


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """Whatever a test does to it, nothing of it is left."""
    folder = Path(tempfile.mkdtemp(prefix="troopwatch cluster "))
    folder.chmod(0o755)  # as root, PostgreSQL runs as another user
    station = Station(folder / "home")
    try:
        done = station.run("cluster", "--port", "0", "--sources", "state_dept_feed", "--workers", "2")
        assert done.returncode == 0, done.stderr
        yield Cluster(station)
    finally:
        station.run("down")
        shutil.rmtree(folder)


def test_days_end_right_through_everything_that_is_killed_and_restarted(cluster: Cluster) -> None:
    begun = time.monotonic()
    cluster.backfill(DAYS[0], DAYS[-1])
    wait_for(lambda: cluster.done() >= 4, 200)
    lost, killed = cluster.kill_worker("worker-1"), datetime.now(UTC)
    assert lost
    seconds = cluster.seconds_until_again(lost, killed, 90)
    say(f"{len(lost)} lost tasks ran again after {', '.join(f'{s:.0f}' for s in seconds)} s")
    assert max(seconds) < 60
    cluster.restart_redis()
    say(f"Redis is back, with the worker, after {time.monotonic() - begun:.0f} s; {cluster.done()} days are done")
    cluster.restart_postgres()
    say(f"PostgreSQL is back after {time.monotonic() - begun:.0f} s; {cluster.done()} days are done")
    wait_for(lambda: cluster.done() == COUNT, 400)
    say(f"{COUNT} days after {time.monotonic() - begun:.0f} s")
    assert cluster.states() == dict.fromkeys(DAYS, "success")


def test_the_lake_and_what_is_published_are_those_of_a_plain_run(cluster: Cluster, tmp_path: Path) -> None:
    made = cluster.station.folder / "data"
    run_plainly(tmp_path, "--from", DAYS[0], "--to", DAYS[-1])
    for day in {path.name.removeprefix("day=") for path in made.rglob("day=*")} - set(DAYS):  # the schedule goes on
        run_plainly(tmp_path, "--date", day)
    assert lake_files(made) == lake_files(tmp_path)
    assert content(made) == content(tmp_path)


def say(text: str) -> None:
    print(text)  # noqa: T201 a figure of the run


def run_plainly(data: Path, *days: str) -> None:
    around = {name: value for name, value in os.environ.items() if not name.startswith(("AIRFLOW", "TROOPWATCH"))}
    around |= {"PYTHONPATH": str(ROOT / "include"), "TROOPWATCH_DATA": str(data)}
    command = [sys.executable, "-m", "troopwatch", "day", *days, "--sources", "state_dept_feed"]
    subprocess.run(command, env=around, check=False, capture_output=True, timeout=400)


def lake_files(data: Path) -> dict[str, bytes]:
    """Every partition with its bytes."""
    files = (p for stage in ("scrape", "normalize", "detect", "quality") for p in (data / stage).rglob("*.parquet"))
    return {str(p.relative_to(data)): p.read_bytes() for p in files}


def content(data: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every published table, in order."""
    with duckdb.connect(str(data / "published" / "troopwatch.duckdb"), read_only=True) as connection:
        return {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in PUBLISHED}
