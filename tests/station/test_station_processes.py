"""Processes are found by their mark, whoever became of their parents, and no stranger is ended."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from station import processes
from station.environment import MARK
from station.processes import Started

SLEEPS = "import time; time.sleep(600)"
DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(flush=True); time.sleep(600)"
PARENT = f"import subprocess, sys, time; subprocess.Popen([sys.executable, '-c', {SLEEPS!r}]); time.sleep(600)"


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[[str], Started]]:
    """Starts Python code as a process of the station in `tmp_path`; nothing of it is left."""

    def started(code: str) -> Started:
        around = dict(os.environ) | {MARK: str(tmp_path)}
        return processes.start([sys.executable, "-c", code], around, tmp_path, tmp_path / "log")

    yield started
    for process in processes.marked(tmp_path):
        process.kill()


def wait_until(holds: Callable[[], bool]) -> None:
    last_call = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < last_call, "waited in vain"
        time.sleep(0.02)


def test_a_number_that_was_given_out_again_is_another_process(start: Callable[[str], Started]) -> None:
    started = start(SLEEPS)
    assert started.is_alive()
    assert not Started(started.pid, started.at - 60).is_alive()


def test_a_process_has_a_session_of_its_own(start: Callable[[str], Started]) -> None:
    assert os.getsid(start(SLEEPS).pid) != os.getsid(0)


def test_children_of_a_killed_parent_are_found_and_ended(start: Callable[[str], Started], tmp_path: Path) -> None:
    parent = start(PARENT)
    wait_until(lambda: len(processes.marked(tmp_path)) == 2)
    psutil.Process(parent.pid).kill()
    wait_until(lambda: not parent.is_alive())
    (orphan,) = processes.marked(tmp_path)
    assert processes.end(lambda: processes.marked(tmp_path), patience=20) == 1
    assert not processes.is_running(orphan)


def test_who_does_not_hear_is_killed(start: Callable[[str], Started], tmp_path: Path) -> None:
    deaf = start(DEAF)
    wait_until(lambda: (tmp_path / "log").read_text() != "")
    assert processes.end(lambda: processes.marked(tmp_path), patience=0.5) == 1
    assert not deaf.is_alive()


def test_processes_of_another_station_are_left_alone(start: Callable[[str], Started], tmp_path: Path) -> None:
    other = start(SLEEPS)
    elsewhere = tmp_path / "elsewhere"
    assert processes.marked(elsewhere) == []
    assert processes.end(lambda: processes.marked(elsewhere), patience=1) == 0
    assert other.is_alive()


def test_who_has_ended_but_was_not_asked_how_does_not_run() -> None:
    popen = subprocess.Popen([sys.executable, "-c", ""])
    process = psutil.Process(popen.pid)
    wait_until(lambda: process.status() == psutil.STATUS_ZOMBIE)
    assert not processes.is_running(process)
    assert not Started.of(process).is_alive()
    popen.wait()
