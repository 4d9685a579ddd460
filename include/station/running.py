"""A station as it was started: kept in a file of its folder, so that any later command knows of it."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

import psutil

from station import processes
from station.airflow_api import Api
from station.database import Database
from station.errors import StationError
from station.home import Home, write_privately
from station.processes import Started


@dataclass(frozen=True)
class Running:
    """What was started, where its lake is, and when (seconds since 1970)."""

    port: int
    groups: str
    data: str
    at: float
    processes: dict[str, Started]

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def since(self) -> datetime:
        return datetime.fromtimestamp(self.at, UTC)


def write(home: Home, running: Running) -> None:
    write_privately(home.running_file, asdict(running))


def read(home: Home) -> Running | None:
    """What was started last; None where nothing was, or where the file is damaged."""
    try:
        kept = json.loads(home.running_file.read_text(encoding="utf-8"))
        started = {name: Started(**one) for name, one in kept.pop("processes").items()}
        return Running(**kept, processes=started)
    except (OSError, ValueError, TypeError, KeyError):
        return None


@dataclass(frozen=True)
class Health:
    """How a component is: `trouble` is None where it is well."""

    name: str
    pid: int | None
    trouble: str | None


def environment(home: Home) -> dict[str, str]:
    """That of the running API server: any command of Airflow that is given it works on this station, or cluster.

    Raises StationError where none runs.
    """
    standing = read(home)
    server = standing.processes.get("api-server") if standing else None
    if server is None or not server.is_alive():
        raise StationError(f"no Airflow of {home.folder} runs: start it first, with `{home.commands.start}`")
    return dict(psutil.Process(server.pid).environ())


def is_anything_alive(home: Home) -> bool:
    return bool(processes.marked(home.folder)) or Database(home.postgres).process() is not None


def health(home: Home, running: Running) -> Iterator[Health]:
    """Each component of the station, the database first."""
    server = Database(home.postgres).process()
    heard = Api(running.port).unhealthy(running.since)
    yield Health("postgres", server.pid if server else None, heard.get("postgres") if server else "not running")
    for name, started in running.processes.items():
        alive = started.is_alive()
        yield Health(name, started.pid if alive else None, heard.get(name) if alive else "not running")
