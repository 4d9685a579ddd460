"""Logs of a station stay small while who writes to them writes on, and old ones go."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from station import logkeeper
from station.home import Home
from station.starting import Start
from troopwatch.settings import INCLUDE

WRITES = """
import os, sys, time
child = os.fork()  # as the scheduler's tasks, it writes to the same file
for number in range(2000):
    os.write(1, f"{os.getpid()} {number:04}\\n".encode())
    time.sleep(0.0005)
if child:
    os.wait()
"""


@pytest.fixture
def say(tmp_path: Path) -> Callable[[str], None]:
    """Writes to the log `x.log` as a component does: by a file that is open for appending all the time."""
    file = os.open(tmp_path / "x.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    return lambda text: os.write(file, text.encode()) and None


def test_a_log_that_is_too_large_is_turned_over_and_written_on(tmp_path: Path, say: Callable[[str], None]) -> None:
    for number in range(5):
        say(f"{number}" * 20)
        logkeeper.look(19, 3, 0, [tmp_path])
    say("x")
    texts = {path.name: path.read_text() for path in tmp_path.iterdir()}
    assert texts == {"x.log": "x", "x.log.1": "4" * 20, "x.log.2": "3" * 20, "x.log.3": "2" * 20}


def test_what_is_small_or_no_log_is_left_alone(tmp_path: Path, say: Callable[[str], None]) -> None:
    say("small")
    (tmp_path / "postgres.conf").write_text("large" * 20)
    (tmp_path / "elsewhere.log").symlink_to(tmp_path / "postgres.conf")
    logkeeper.look(19, 3, 0, [tmp_path])
    assert {p.name for p in tmp_path.iterdir()} == {"x.log", "postgres.conf", "elsewhere.log"}
    assert (tmp_path / "x.log").read_text() == "small"


def test_none_may_be_kept(tmp_path: Path, say: Callable[[str], None]) -> None:
    say("1" * 20)
    logkeeper.look(19, 0, 0, [tmp_path])
    assert [(p.name, p.read_text()) for p in tmp_path.iterdir()] == [("x.log", "")]


def test_what_processes_write_meanwhile_stays_whole(tmp_path: Path) -> None:
    """All lines of two processes, in order, but for one that falls between the copy and the emptying."""
    with (tmp_path / "x.log").open("ab") as file:
        process = subprocess.Popen([sys.executable, "-c", WRITES], stdout=file, start_new_session=True)
    while process.poll() is None:
        logkeeper.look(5000, 1000, 0, [tmp_path])
        time.sleep(0.01)
    logs = sorted(tmp_path.glob("x.log.*"), key=lambda path: -int(path.suffix[1:]))
    lines = "".join(path.read_text() for path in [*logs, tmp_path / "x.log"]).splitlines()
    assert len(logs) >= 3
    assert 4000 - len(logs) <= len(lines) <= 4000
    for pid in {line.split()[0] for line in lines}:
        numbers = [int(line.split()[1]) for line in lines if line.startswith(pid)]
        assert numbers == sorted(set(numbers))


def test_old_logs_of_tasks_go_with_their_folders(tmp_path: Path) -> None:
    old = tmp_path / "dag_processor" / "2024-01-01" / "dags-folder" / "troopwatch_daily.py.log"
    new = tmp_path / "dag_processor" / "2024-02-01" / "dags-folder" / "troopwatch_daily.py.log"
    for path in (old, new):
        path.parent.mkdir(parents=True)
        path.write_text("x")
    os.utime(old, (0, 0))
    logkeeper.look(19, 3, 0, [tmp_path])
    assert old.exists(), "0 days: for ever"
    logkeeper.look(19, 3, 30, [tmp_path])
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [new]
    assert not (tmp_path / "dag_processor" / "2024-01-01").exists()


def test_what_cannot_be_done_is_said_and_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class EndedError(Exception):
        """The end of the loop."""

    looks = iter([OSError("no room"), EndedError()])

    def fail(*_: object) -> None:
        raise next(looks)

    monkeypatch.setattr(logkeeper, "look", fail)
    monkeypatch.setattr(logkeeper, "PAUSE", 0)
    with pytest.raises(EndedError):
        logkeeper.main(1, 1, 1, [tmp_path])


def test_a_station_starts_it_with_its_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TROOPWATCH_LOG_MEGABYTES", "0.5")
    monkeypatch.setenv("TROOPWATCH_LOG_FILES", "2")
    monkeypatch.setenv("TROOPWATCH_KEEP_LOG_DAYS", "7")
    home = Home(tmp_path)
    command = Start(home, 0, "world", lambda text: None)._log_keeper()
    assert command[3:] == ["500000", "2", "7", *map(str, [home.airflow / "logs", home.logs, home.postgres])]
    done = subprocess.run(
        [*command[:3], "no number"], env={"PYTHONPATH": str(INCLUDE)}, capture_output=True, text=True, check=False
    )
    assert "invalid literal" in done.stderr, "it is a module that can be run"
