"""Real days on two Celery workers, while a worker is killed and Redis and PostgreSQL are restarted.

Twelve of them by `make e2e`, thirty by `make e2e-cluster`.
"""

import shutil
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from backfills import Asked, wait_for
from cluster_walk import Cluster
from plain_run import assert_same, run_plainly, run_the_days_of

from conftest import needs_the_feed, station_in_a_folder
from station.debian import BINARIES

needed = [shutil.which("redis-server"), list(BINARIES.glob("*/bin/initdb"))]
pytestmark = [
    pytest.mark.filterwarnings("default"),
    needs_the_feed,
    pytest.mark.skipif(not all(needed), reason="no servers here (Debian: apt-get install postgresql redis-server)"),
]
FIRST = date(2022, 2, 2)


@pytest.fixture(
    scope="module", params=[pytest.param(12, marks=pytest.mark.e2e), pytest.param(30, marks=pytest.mark.cluster)]
)
def days(request: pytest.FixtureRequest) -> list[str]:
    return [str(FIRST + timedelta(number)) for number in range(request.param)]


@pytest.fixture(scope="module")
def cluster(days: list[str]) -> Iterator[Cluster]:
    """Of its own for each number of days."""
    with station_in_a_folder() as station:
        done = station.run("cluster", "--port", "0", "--sources", "state_dept_feed", "--workers", "2")
        assert done.returncode == 0, done.stderr
        yield Cluster(station)


def test_days_end_right_through_everything_that_is_killed_and_restarted(cluster: Cluster, days: list[str]) -> None:
    begun = time.monotonic()
    cluster.by_rest(days[0], days[-1], Asked())
    wait_for(lambda: cluster.done() >= 1, 300)
    cluster.restart_redis()
    say(f"Redis is back after {time.monotonic() - begun:.0f} s; {cluster.done()} days are done")
    lost, killed = cluster.kill_worker("worker-1"), datetime.now(UTC)
    assert lost
    seconds = cluster.seconds_until_again(lost, killed, 180)
    say(f"{len(lost)} lost tasks ran again after {', '.join(f'{s:.0f}' for s in seconds)} s")
    if len(days) == 30:  # by `make e2e-cluster`, which has the machine to itself
        assert max(seconds) < 60
    cluster.restart_postgres()
    say(f"PostgreSQL is back after {time.monotonic() - begun:.0f} s; {cluster.done()} days are done")
    wait_for(lambda: cluster.done() == len(days), 400)
    say(f"{len(days)} days after {time.monotonic() - begun:.0f} s")
    assert cluster.states() == dict.fromkeys(days, "success")


def test_the_lake_and_what_is_published_are_those_of_a_plain_run(
    cluster: Cluster, days: list[str], tmp_path: Path
) -> None:
    run_plainly(tmp_path, days[0], days[-1])
    run_the_days_of(cluster.station.data, tmp_path)  # the schedule goes on
    assert_same(cluster.station.data, tmp_path)


def say(text: str) -> None:
    print(text)  # noqa: T201 a figure of the run
