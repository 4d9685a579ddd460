"""What `up`, `down` and `status` say before and without an Airflow; and how Airflow's health is read."""

import errno
import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from station import processes, running, starting
from station.airflow_api import Api, NoAnswerError
from station.environment import MARK
from station.errors import StationError
from station.home import Home
from station.running import Running
from station.starting import Start
from troopwatch.settings import INCLUDE
from troopwatch.sources import SourceError

NOW = datetime(2024, 11, 1, 12, tzinfo=UTC)


def station(*arguments: str) -> subprocess.CompletedProcess[str]:
    around = dict(os.environ) | {"PYTHONPATH": str(INCLUDE), "COLUMNS": "200"}
    command = [sys.executable, "-m", "station", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=around, timeout=120)


def test_before_the_first_start(tmp_path: Path) -> None:
    home = ("--home", str(tmp_path / "home"))
    status, down = station("status", *home), station("down", *home)
    assert status.returncode == 3 and "make up" in status.stdout
    assert down.returncode == 0 and "Nothing was ever started" in down.stdout


def test_a_cluster_that_is_down_is_told_how_it_is_started(tmp_path: Path) -> None:
    home = ("--home", str(tmp_path / "data-cluster"))
    status, inside = station("status", *home), station("python", *home, "-c", "print(1)")
    assert status.returncode == 3 and status.stdout.endswith("Start it with: make cluster\n")
    assert inside.returncode == 1 and "with `make cluster`" in inside.stderr


def test_python_works_on_the_lake_of_what_runs(home: Home) -> None:
    waits = [sys.executable, "-c", "import time; time.sleep(600)"]
    around = dict(os.environ) | {"TROOPWATCH_DATA": "/the lake", MARK: str(home.folder)}
    server = processes.start(waits, around, home.folder, home.logs / "api-server.log")
    running.write(home, Running(8080, "demo", "/the lake", 12.5, {"api-server": server}))
    words = "import os, sys; print(os.environ['TROOPWATCH_DATA'], sys.argv)"
    done = station("python", "--home", str(home.folder), "-c", words, "--help", "7")
    assert done.stdout == "/the lake ['-c', '--help', '7']\n", done.stderr


def test_a_source_that_does_not_exist_is_said_before_anything_is_made(tmp_path: Path) -> None:
    done = station("up", "--home", str(tmp_path / "home"), "--sources", "wrold")
    assert done.returncode == 1
    assert "'wrold'" in done.stderr and "Traceback" not in done.stderr
    assert not (tmp_path / "home").exists()


def test_a_port_is_free_or_it_is_said() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(StationError, match=r"already in use.*PORT="):
        starting.free_port(taken.getsockname()[1])
    assert starting.free_port(0) > 0


def test_a_port_that_one_may_not_have_is_not_called_used(monkeypatch: pytest.MonkeyPatch) -> None:
    class Forbidden(socket.socket):
        def bind(self, *_: object) -> None:
            raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(starting.socket, "socket", Forbidden)
    with pytest.raises(StationError, match=r"^port 80: Permission denied; name another"):
        starting.free_port(80)


@pytest.mark.parametrize(
    ("groups", "newsroom", "live"),
    [
        ("demo", True, False),
        ("narae_wire,state_dept_feed", True, False),
        ("state_dept_feed", False, False),
        ("world", False, True),
    ],
)
def test_sources_say_what_else_is_needed(groups: str, newsroom: bool, live: bool) -> None:
    assert starting.needs_newsroom(groups) is newsroom
    assert starting.has_live_sources(groups) is live


def test_a_word_that_names_no_source_is_refused() -> None:
    with pytest.raises(SourceError, match="wrold"):
        starting.needs_newsroom("wrold")


def test_every_dag_is_waited_for() -> None:
    assert "troopwatch_daily" in starting.DAGS


def test_each_start_switches_on_what_its_sources_want_and_nothing_twice(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(Api, "logged_in", lambda api, user, password: api)
    monkeypatch.setattr(Api, "unpause", lambda api, dag: asked.append(dag))
    for groups in ("demo", "demo", "world", "world"):
        asked.append(groups)
        starting.switch_on(home, Running(8080, groups, "/lake", 12.5, {}))
    assert asked == ["demo", "troopwatch_daily", "troopwatch_upkeep", "demo", "world", "troopwatch_feeds", "world"]


def test_an_airflow_that_falls_silent_before_its_dags_are_on_is_told_of_and_the_next_start_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Home(tmp_path / "home")
    home.prepare()
    standing = Running(starting.free_port(0), "demo", "/lake", 12.5, {})
    with pytest.raises(StationError, match=r"does not answer .*DAGs are off .*: `make status`.* `make up` goes on"):
        starting.switch_on(home, standing)
    monkeypatch.setattr(Api, "logged_in", lambda api, user, password: api)
    monkeypatch.setattr(Api, "unpause", lambda api, dag: None)
    assert starting.switch_on(home, standing) == ["troopwatch_daily", "troopwatch_upkeep"]


def test_a_start_that_fails_leaves_nothing(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """The newsroom starts; then a component ends by itself: its last words are told, and the newsroom is ended."""

    def no_such_command(self: Start, name: str, command: list[str], own: dict[str, str]) -> None:
        started(self, name, command if name == "newsroom" else [sys.executable, "-c", "exit('no such thing')"], own)

    started = Start._start
    monkeypatch.setattr(Start, "_start", no_such_command)
    monkeypatch.setattr(Start, "_migrate", lambda self, url: None)
    with pytest.raises(StationError, match="has ended by itself:\nno such thing"):
        Start(home, 0, "demo", lambda words: None).run()
    assert processes.marked(home.folder) == []
    assert not home.running_file.exists()


@pytest.fixture
def answering() -> Iterator[Callable[[int, Any], Api]]:
    """An API that gives one answer to everything."""
    servers = []

    def serve(status: int, content: Any) -> Api:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(status)
                self.end_headers()
                self.wfile.write(content if isinstance(content, bytes) else json.dumps(content).encode())

            def log_message(self, *_: object) -> None:
                """Nothing on the terminal."""

        servers.append(ThreadingHTTPServer(("127.0.0.1", 0), Handler))
        threading.Thread(target=servers[-1].serve_forever, args=(0.01,)).start()
        return Api(servers[-1].server_port)

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


def report(**changes: Any) -> dict[str, Any]:
    """Airflow's report of its health: everything heard of at NOW, but for the changes."""
    made: dict[str, Any] = {"metadatabase": {"status": "healthy"}}
    for name in ("scheduler", "triggerer", "dag_processor"):
        made[name] = {"status": "healthy", f"latest_{name}_heartbeat": NOW.isoformat()}
    return made | changes


def test_all_is_well(answering: Callable[[int, Any], Api]) -> None:
    assert answering(200, report()).unhealthy(NOW - timedelta(seconds=1)) == {}


def test_what_was_heard_of_before_the_start_does_not_count(answering: Callable[[int, Any], Api]) -> None:
    found = answering(200, report()).unhealthy(NOW + timedelta(seconds=1))
    assert set(found) == {"scheduler", "triggerer", "dag-processor"}


def test_who_is_not_well_is_named(answering: Callable[[int, Any], Api]) -> None:
    sick = {"status": "unhealthy", "latest_dag_processor_heartbeat": None}
    answer = report(metadatabase={"status": "unhealthy"}, dag_processor=sick)
    assert answering(200, answer).unhealthy(NOW) == {
        "postgres": "the API cannot reach it",
        "dag-processor": "not heard of yet",
    }


@pytest.mark.parametrize(("status", "content"), [(503, {}), (200, b"<html>"), (404, b"\xff")])
def test_another_answer_is_no_answer(answering: Callable[[int, Any], Api], status: int, content: Any) -> None:
    api = answering(status, content)
    with pytest.raises(NoAnswerError):
        api.dags()
    assert set(api.unhealthy(NOW)) == {"api-server"}


@pytest.mark.parametrize("content", [{}, [], {"metadatabase": None}])
def test_a_stranger_on_the_port_is_told_apart(answering: Callable[[int, Any], Api], content: Any) -> None:
    assert "somebody else" in answering(200, content).unhealthy(NOW)["api-server"]


def test_nobody_there() -> None:
    assert "api-server" in Api(starting.free_port(0)).unhealthy(NOW)
