"""The services of docker-compose.yml on this machine: Celery workers, Redis, and Debian's PostgreSQL, on loopback."""

import os
import secrets
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from station import environment, running
from station.compose import Compose
from station.debian import DebianDatabase
from station.errors import StationError
from station.home import Home, Secrets, keep, write_text_privately
from station.starting import LOG_KEEPER, LOOPBACK, Start, free_port, needs_newsroom
from troopwatch import settings
from troopwatch.settings import ROOT

SERVICES = ("api-server", "scheduler", "dag-processor", "triggerer")
WORKER = "worker"


def fresh_secrets() -> dict[str, str]:
    """What the compose file asks of `.env`, made anew. They stand in addresses too, so they need no quoting there."""
    made = Secrets.fresh()
    return {
        "FERNET_KEY": made.fernet,
        "API_SECRET_KEY": made.session,
        "JWT_SECRET": made.jwt,
        "POSTGRES_PASSWORD": secrets.token_urlsafe(32),
        "REDIS_PASSWORD": secrets.token_urlsafe(32),
    }


@dataclass
class Cluster(Start):
    """One `make cluster`. Where a part of it runs already, what is missing is started: nobody else restarts it."""

    workers: int = 2
    _answered: set[str] = field(default_factory=set)
    _found: set[str] = field(default_factory=set)
    """What ran before this start."""
    _commands: dict[str, tuple[list[str], dict[str, str]]] = field(default_factory=dict)

    def _settle_ports(self) -> None:
        standing = running.read(self.home)
        if standing is None:
            return super()._settle_ports()
        self.port, self.groups = standing.port, standing.groups
        self.started = {name: one for name, one in standing.processes.items() if one.is_alive()}
        self._found = set(self.started)
        return None

    def _start_all(self) -> None:
        needs_redis()
        self.tell("PostgreSQL and Redis start")
        database = database_of(self.home)
        database.start()
        database.make_database()
        self._start_missing("redis", ["redis-server", str(self._redis_settings())], {})
        self._start_missing(LOG_KEEPER, self._log_keeper(), environment.of_project())
        demo = environment.of_demo(self._newsroom())
        self.tell("Airflow brings its database up to date")
        self._run(self._compose.command("init"), self._own("init"))
        for name in SERVICES:
            self._start_missing(name, self._compose.command(name), self._own(name))
        for name in self._names_of_workers():
            pid = self.home.airflow / f"{name}.pid"  # two in one folder would take each other for themselves
            command = [*self._compose.command(WORKER), "--celery-hostname", f"{name}@{LOOPBACK}", "--pid", str(pid)]
            self._start_missing(name, command, self._own(WORKER) | demo)

    def _start_missing(self, name: str, command: list[str], own: dict[str, str]) -> None:
        self._commands[name] = (command, own)
        if name not in self.started:
            self._start(name, command, own)

    def _newsroom(self) -> str | None:
        """Where the demo's hosts are reached, if they are wanted."""
        if not needs_newsroom(self.groups):
            return None
        port = ports(self.home)["newsroom"]
        return f"*.example={LOOPBACK}:{port}" if "newsroom" in self.started else self._start_newsroom(port)

    def _lacking(self, password: str) -> str | None:
        return super()._lacking(password) or self._silent_worker()

    def _see_to_the_ended(self) -> None:
        """What ran before this start and has ended since is started again, once: the restart of a server may reach
        it when it has long been counted as alive.
        """
        for name in sorted(self._found & self._commands.keys()):
            if not self.started[name].is_alive():
                self._found.remove(name)
                self._answered.discard(name)
                self._start(name, *self._commands[name])
        super()._see_to_the_ended()

    def _silent_worker(self) -> str | None:
        """A worker that does not answer the compose file's own check; none is asked again once it has."""
        for name in self._names_of_workers():
            if name not in self._answered:
                check = [w.replace("celery@${HOSTNAME}", f"{name}@{LOOPBACK}") for w in self._compose.check(WORKER)]
                around = environment.of_process(self._own(WORKER), self.home, dict(os.environ))
                done = subprocess.run(check, env=around, cwd=self.home.folder, capture_output=True, check=False)  # noqa: S603 - from docker-compose.yml
                if done.returncode:
                    return name
                self._answered.add(name)
        return None

    def _names_of_workers(self) -> list[str]:
        return [f"{WORKER}-{number}" for number in range(1, self.workers + 1)]

    def _own(self, service: str) -> dict[str, str]:
        """The service's environment, with the commands of this Python found first."""
        path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
        here = {"PATH": path, "AIRFLOW__API__HOST": LOOPBACK, "AIRFLOW__API__PORT": str(self.port)}
        return self._compose.environment(service) | here

    def _redis_settings(self) -> Path:
        """The options of the compose file, in a file: in a command anybody could read the password."""
        folder = self.home.folder / "redis"
        folder.mkdir(exist_ok=True)
        words = self._compose.command("redis")[1:]
        options = dict(zip(words[::2], words[1::2], strict=True))
        # Its title would be written over the environment that the mark is read from.
        here = {
            "--set-proc-title": "no",
            "--bind": LOOPBACK,
            "--port": str(ports(self.home)["redis"]),
            "--dir": f'"{folder}"',
        }
        lines = [f"{name.removeprefix('--')} {value}\n" for name, value in (options | here).items()]
        write_text_privately(folder / "redis.conf", "".join(lines))
        return folder / "redis.conf"

    @property
    def _compose(self) -> Compose:
        known = ports(self.home)
        only = environment.of_one_kind(self.groups, invented=needs_newsroom(self.groups))
        chosen = {"TROOPWATCH_GROUPS": self.groups, "TROOPWATCH_ONLY": only}
        values = dict(os.environ) | kept_secrets(self.home) | chosen
        return Compose(
            values | {"BASE_URL": f"http://{LOOPBACK}:{self.port}"},
            {
                "http://api-server:8080": f"http://{LOOPBACK}:{self.port}",
                "postgres:5432": f"{LOOPBACK}:{known['postgres']}",
                "redis:6379": f"{LOOPBACK}:{known['redis']}",
                "/opt/troopwatch": str(ROOT),
                "/opt/airflow/keys": str(self.home.folder),
                "/opt/airflow": str(self.home.airflow),
                "/opt/data": str(self.data),
                "/opt/cache": str(self.home.folder / "cache"),
                "/opt/corpus": str(settings.load().corpus),
            },
        )


def database_of(home: Home) -> DebianDatabase:
    return DebianDatabase(home.postgres, ports(home)["postgres"], kept_secrets(home)["POSTGRES_PASSWORD"])


def kept_secrets(home: Home) -> dict[str, str]:
    return keep(home.folder / "env.json", fresh_secrets())


def ports(home: Home) -> dict[str, int]:
    """Where the services of this folder listen, chosen once: what runs on must find again what was restarted."""
    chosen = {name: str(free_port(0)) for name in ("postgres", "redis", "newsroom")}
    return {name: int(port) for name, port in keep(home.ports_file, chosen).items()}


def needs_redis() -> None:
    """Raises StationError where Debian's package is not installed."""
    if shutil.which("redis-server") is None:
        raise StationError("no redis-server here: apt-get install postgresql redis-server")
