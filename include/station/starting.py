"""Starting a station: everything in its order, until it is well, or an end to all of it."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from station import environment, processes, running, stopping
from station.airflow_api import Api, NoAnswerError
from station.database import Database
from station.errors import StationError
from station.home import Home
from station.processes import Started
from station.running import Running
from troopwatch import settings, sources
from troopwatch.settings import ROOT

COMPONENTS = ("api-server", "scheduler", "dag-processor", "triggerer")
NO_LOG_SERVER = {"scheduler": ["--skip-serve-logs"], "triggerer": ["--skip-serve-logs"]}
"""The API server reads the logs where they lie; serving them would take two more ports."""
DAGS = tuple(sorted(path.stem for path in (ROOT / "dags").glob("troopwatch_*.py")))
POLLS = "troopwatch_feeds"
LOG_KEEPER = "log-keeper"
LOOPBACK = "127.0.0.1"
Tell = Callable[[str], None]


@dataclass
class Start:
    """One `make up`: `groups` are the sources, `patience` the seconds in which all must be well."""

    home: Home
    port: int
    groups: str
    tell: Tell
    patience: float = 240
    at: float = field(default_factory=time.time)
    started: dict[str, Started] = field(default_factory=dict)

    @cached_property
    def data(self) -> str:
        """Where the lake is."""
        return os.environ.get("TROOPWATCH_DATA") or str(self.home.data(invented=needs_newsroom(self.groups)))

    def run(self) -> Running:
        """Start everything and wait until it is well. Raises StationError, with nothing left running that did not run
        before.
        """
        self._settle_ports()
        self.home.settle_kind("demo" if needs_newsroom(self.groups) else "real")
        with nullcontext() if self.started else _nothing_left(self.home):
            self._start_all()
            return self._wait()

    def _settle_ports(self) -> None:
        self.port = free_port(self.port)

    def _start_all(self) -> None:
        database = Database(self.home.postgres)
        self.tell("PostgreSQL starts")
        database.start()
        self.tell("Airflow brings its database up to date")
        database.make(self._migrate)
        self._start(LOG_KEEPER, self._log_keeper(), environment.of_project())
        connect_to = self._start_newsroom(free_port(0)) if needs_newsroom(self.groups) else None
        own = environment.of_station(self.home, self.port, database.url(), self.groups, connect_to)
        for name in COMPONENTS:
            command = [sys.executable, "-m", "airflow", name, *NO_LOG_SERVER.get(name, [])]
            self._start(name, command, environment.of_forker(own) if name == "scheduler" else own)

    def _migrate(self, url: str) -> None:
        """Airflow's tables, and the pools that its tasks run in."""
        own = environment.of_station(self.home, self.port, url, self.groups, None)
        for module, *words in (("airflow", "db", "migrate"), ("operations.pools",)):
            self._run([sys.executable, "-m", module, *words], own)

    def _run(self, command: list[str], own: dict[str, str]) -> None:
        """A command that prepares the database, to its end. Raises StationError."""
        around = environment.of_process(own, self.home, dict(os.environ))
        log = self.home.logs / "migrate.log"
        with log.open("ab") as file:
            done = subprocess.run(  # noqa: S603 - commands named here and in docker-compose.yml
                command, env=around, cwd=self.home.folder, stdout=file, stderr=subprocess.STDOUT, check=False
            )
        if done.returncode:
            raise StationError(f"Airflow's database cannot be brought up to date:\n{last_lines(log)}")

    def _start_newsroom(self, port: int) -> str:
        """Where the demo's hosts are reached."""
        command = [sys.executable, "-m", "newsroom", "--port", str(port)]
        self._start("newsroom", command, environment.of_project())
        return f"*.example={LOOPBACK}:{port}"

    def _log_keeper(self) -> list[str]:
        """The command; it looks after what the components print, PostgreSQL's log, and Airflow's logs of tasks."""
        known = settings.load()
        limits = [int(known.log_megabytes * 1_000_000), known.log_files, known.keep_log_days]
        folders = [self.home.airflow / "logs", self.home.logs, self.home.postgres]
        return [sys.executable, "-m", "station.logkeeper", *map(str, [*limits, *folders])]

    def _start(self, name: str, command: list[str], own: dict[str, str]) -> None:
        around = environment.of_process(own, self.home, dict(os.environ))
        self.started[name] = processes.start(command, around, self.home.folder, self._log(name))
        running.write(self.home, self._running())

    def _running(self) -> Running:
        return Running(self.port, self.groups, self.data, self.at, self.started)

    def _wait(self) -> Running:
        """Until every component has been heard of and every DAG is there."""
        self.tell("Airflow starts")
        password = self.home.passwords()["admin"]
        last_call = time.monotonic() + self.patience
        while lacking := self._lacking(password):
            self._see_to_the_ended()
            if time.monotonic() > last_call:
                raise StationError(f"not everything is well after {self.patience:.0f} s: {lacking}")
            time.sleep(0.5)
        return self._running()

    def _lacking(self, password: str) -> str | None:
        """What is still waited for."""
        if unhealthy := Api(self.port).unhealthy(self._running().since):
            return ", ".join(f"{name} ({trouble})" for name, trouble in unhealthy.items())
        try:
            api = Api(self.port).logged_in("admin", password)
            if errors := api.import_errors():
                raise StationError("a DAG cannot be read: " + "\n".join(errors))
            return ", ".join(sorted(set(DAGS) - set(api.dags()))) or None
        except NoAnswerError as error:
            return str(error)

    def _see_to_the_ended(self) -> None:
        """Raises StationError for a component that has ended by itself."""
        for name, started in self.started.items():
            if not started.is_alive():
                raise StationError(f"{name} has ended by itself:\n{last_lines(self._log(name))}")

    def _log(self, name: str) -> Path:
        return self.home.logs / f"{name}.log"


def needs_newsroom(groups: str) -> bool:
    """Whether one of the sources is of the demo. Raises SourceError for a word that names none."""
    return any(invented for _, invented in _chosen(groups))


def has_live_sources(groups: str) -> bool:
    """Whether one of the sources is asked through the day: not the demo, whose world stands still, nor captures."""
    return any(source.kind != "warc" and not invented for source, invented in _chosen(groups))


def _chosen(groups: str) -> list[tuple[sources.Source, bool]]:
    """The sources, and of each whether it is of the demo."""
    folder = settings.load().sources
    demo = {path.stem for path in (folder / environment.DEMO).glob("*.yaml")}
    return [(source, source.name in demo) for source in sources.choose(folder, groups)]


def switch_on(home: Home, started: Running) -> list[str]:
    """Switch on the DAGs that have something to do with these sources, and that no start has switched on before.

    Raises StationError where Airflow does not answer any more; the next start switches them on.
    """
    before, live = home.switched_on(), has_live_sources(started.groups)
    wanted = [dag for dag in DAGS if dag not in before and (live or dag != POLLS)]
    try:
        api = Api(started.port).logged_in("admin", home.passwords()["admin"])
        for dag in wanted:
            api.unpause(dag)
    except NoAnswerError as error:
        told = f"`{home.commands.status}` tells how it is, `{home.commands.start}` goes on"
        raise StationError(f"Airflow does not answer any more, so its DAGs are off ({error}): {told}") from error
    home.note_begun(before | set(wanted))
    return wanted


def free_port(port: int) -> int:
    """The port, or any free one for 0. Raises StationError where it cannot be had, in the words of the system."""
    with socket.socket() as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((LOOPBACK, port))
        except OSError as error:
            raise StationError(f"port {port}: {error.strerror}; name another one, as PORT=8081") from error
        return int(listening.getsockname()[1])


def last_lines(log: Path, count: int = 12) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()[-count:]
    return "\n".join([*lines, f"(all of it: {log})"])


@contextmanager
def _nothing_left(home: Home) -> Iterator[None]:
    """Where the start fails or is broken off, what had started is ended."""
    try:
        yield
    except BaseException:
        stopping.stop(home)
        raise
