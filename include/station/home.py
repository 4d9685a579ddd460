"""The one folder in which all of a station lies, and what is kept there from one start to the next."""

import json
import os
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, NamedTuple

from filelock import FileLock, Timeout

from station.errors import StationError

USERS = {"admin": "admin", "viewer": "viewer"}
"""The users of the station and Airflow's roles for them."""
CLUSTER = "data-cluster"
"""The folder in which a cluster lies, unless another one is named."""


class Commands(NamedTuple):
    """What people type about what lies in a folder."""

    start: str
    status: str
    end: str


OF_STATION = Commands("make up", "make status", "make down")
OF_CLUSTER = Commands("make cluster", "make cluster-status", "make cluster-down")


@dataclass(frozen=True)
class Secrets:
    """What Airflow's processes must share and nobody else may know."""

    jwt: str
    session: str
    fernet: str

    @classmethod
    def fresh(cls) -> "Secrets":
        return cls(secrets.token_urlsafe(64), secrets.token_urlsafe(32), _fernet_key())


@dataclass(frozen=True)
class Home:
    """The folder, and where in it things lie."""

    folder: Path

    @property
    def airflow(self) -> Path:
        return self.folder / "airflow"

    @property
    def postgres(self) -> Path:
        return self.folder / "postgres"

    @property
    def logs(self) -> Path:
        return self.folder / "logs"

    def data(self, invented: bool) -> Path:
        """The lake and what is published; with sources of the demo another one, so that no real day has its claims."""
        return self.folder / ("data-demo" if invented else "data")

    @property
    def passwords_file(self) -> Path:
        """In the format of Airflow's simple auth manager, which reads it."""
        return self.folder / "passwords.json"

    @property
    def running_file(self) -> Path:
        """What was started: see `station.running`."""
        return self.folder / "running.json"

    @property
    def ports_file(self) -> Path:
        """Where the services of a cluster listen; a station has none."""
        return self.folder / "ports.json"

    @property
    def commands(self) -> Commands:
        return OF_CLUSTER if self.folder.name == CLUSTER or self.ports_file.exists() else OF_STATION

    def prepare(self) -> None:
        """Make the folders that are missing. Raises StationError."""
        try:
            for folder in (self.folder, self.airflow, self.logs):
                folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StationError(f"{error.filename} cannot be made: {error.strerror}") from error

    def secrets(self) -> Secrets:
        """The station's secrets, made at the first call."""
        return Secrets(**keep(self.folder / "secrets.json", asdict(Secrets.fresh())))

    def passwords(self) -> dict[str, str]:
        """Password by user, made at the first call."""
        return keep(self.passwords_file, {user: secrets.token_urlsafe(12) for user in USERS})

    @property
    def was_begun(self) -> bool:
        """Whether a start has ever gone well: what is done and told once is done and told then."""
        return self._begun_file.exists()

    def switched_on(self) -> set[str]:
        """DAGs that were ever switched on by a start: who pauses one of them later wants it paused."""
        return set(read(self._begun_file)) if self.was_begun else set()

    def note_begun(self, switched_on: set[str]) -> None:
        write_privately(self._begun_file, sorted(switched_on))

    def settle_kind(self, kind: str) -> None:
        """Whether its sources are of the `demo` or `real`, for good: Airflow counts the days of one lake as done.

        Raises StationError where it was begun with the other kind.
        """
        if not self.was_begun:
            (self.folder / "kind.json").unlink(missing_ok=True)
        known = keep(self.folder / "kind.json", {"kind": kind})["kind"]
        if known != kind:
            raise StationError(
                f"{self.folder} was begun with {known} sources, and its Airflow counts their days as done: name "
                f"such ones in SOURCES, or give these a folder of their own: export TROOPWATCH_HOME=data-up-{kind}"
            )

    @property
    def _begun_file(self) -> Path:
        return self.folder / "begun.json"

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Nobody else starts or stops this station meanwhile. Raises StationError where somebody does."""
        try:
            with FileLock(self.folder / "lock", timeout=0):
                yield
        except Timeout as error:
            start, _, end = self.commands
            raise StationError(f"another `{start}` or `{end}` is at work in {self.folder}; let it end") from error
        except PermissionError as error:
            raise StationError(f"{self.folder} belongs to another user") from error


def keep(path: Path, made: dict[str, str]) -> dict[str, str]:
    """What the file holds; where there is none, it is made of `made`, for its owner's eyes only."""
    if not path.exists():
        write_privately(path, made)
    kept: dict[str, str] = read(path)
    return kept


def read(path: Path) -> Any:
    """The JSON that the file holds. Raises StationError where it is damaged."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise StationError(f"{path} is damaged ({error}); remove it, and it is made anew") from error


def write_privately(path: Path, content: Any) -> None:
    """Write JSON that only its owner may read: whole or not at all."""
    write_text_privately(path, json.dumps(content))


def write_text_privately(path: Path, text: str) -> None:
    making = path.with_name(f".{path.name}.making")
    making.unlink(missing_ok=True)
    with os.fdopen(os.open(making, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
    making.replace(path)


def _fernet_key() -> str:
    return urlsafe_b64encode(secrets.token_bytes(32)).decode()
