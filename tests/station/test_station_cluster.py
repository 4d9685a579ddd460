"""A second `make cluster`: what has ended is started again, what runs is left alone, whatever becomes of the start."""

import sys

import psutil
import pytest

from station import processes, running
from station.cluster import Cluster
from station.errors import StationError
from station.home import Home
from station.starting import Start

WAITS = [sys.executable, "-c", "import time; time.sleep(600)"]
FAILS = [sys.executable, "-c", "exit('no such thing')"]


def started(home: Home, monkeypatch: pytest.MonkeyPatch, lacking: list[str], triggerer: list[str] = WAITS) -> Cluster:
    """A cluster of two services; for each word of `lacking` it waits once, having killed the triggerer before."""

    def start_all(self: Cluster) -> None:
        self._start_missing("scheduler", WAITS, {})
        self._start_missing("triggerer", triggerer, {})

    def lacks(self: Cluster, password: str) -> str | None:
        if lacking:
            psutil.Process(self.started["triggerer"].pid).kill()
            psutil.wait_procs([psutil.Process(self.started["triggerer"].pid)])
        return lacking.pop() if lacking else None

    monkeypatch.setattr(Cluster, "_start_all", start_all)
    monkeypatch.setattr(Start, "_lacking", lacks)
    return Cluster(home, 0, "state_dept_feed", lambda words: None, workers=0)


def test_what_ends_while_the_rest_is_waited_for_is_started_again(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """As PostgreSQL's restart does: what was alive when it was asked about it may end of it a second later."""
    first = started(home, monkeypatch, []).run().processes
    again = started(home, monkeypatch, ["the triggerer"]).run().processes
    assert again["scheduler"] == first["scheduler"] and again["triggerer"] != first["triggerer"]
    assert all(one.is_alive() for one in again.values())
    kept = running.read(home)
    assert kept and kept.processes == again


def test_what_ends_time_and_again_is_told_and_the_rest_runs_on(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    first = started(home, monkeypatch, []).run().processes
    with pytest.raises(StationError, match="triggerer has ended by itself:\nno such thing"):
        started(home, monkeypatch, ["the triggerer"] * 3, FAILS).run()
    assert first["scheduler"].is_alive()
    assert running.read(home) is not None


def test_a_first_start_that_fails_leaves_nothing(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(StationError, match="triggerer has ended by itself"):
        started(home, monkeypatch, ["the triggerer"], FAILS).run()
    assert processes.marked(home.folder) == []
    assert not home.running_file.exists()
