"""Debian's PostgreSQL in a folder of its own, on loopback, with a password: what the compose file has as `postgres`."""

import os
import shutil
import subprocess
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg2

from station.database import PATIENCE, Database
from station.errors import StationError

USER = "airflow"
BINARIES = Path("/usr/lib/postgresql")
SERVANT = "postgres"
"""Debian's user for it: PostgreSQL refuses to run as root."""


class DebianDatabase(Database):
    """The server whose data are in `folder`; it listens on `port`, and `password` is that of its only user."""

    def __init__(self, folder: Path, port: int, password: str) -> None:
        super().__init__(folder)
        self.port, self._password = port, password

    def make_database(self) -> None:
        """Make the database of the user's name, unless it is there."""
        access = {"host": "127.0.0.1", "port": self.port, "user": USER, "password": self._password}
        with closing(psycopg2.connect(**access, dbname="postgres")) as connection:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", (USER,))
                if not cursor.rowcount:
                    cursor.execute(f"CREATE DATABASE {USER}")

    def _make_files(self) -> None:
        if self.folder.exists():
            return
        making = self.folder.with_name(f"{self.folder.name}.making")
        shutil.rmtree(making, ignore_errors=True)
        making.mkdir(mode=0o700)
        with tempfile.NamedTemporaryFile("w", dir=self.folder.parent) as secret:
            secret.write(self._password)
            secret.flush()
            for path in (making, secret.name):
                _give(path)
            _run("initdb", "-D", making, "--username", USER, "--auth", "scram-sha-256", "--pwfile", secret.name)
        making.rename(self.folder)

    def _start(self) -> None:
        listening = f"-h 127.0.0.1 -p {self.port} -k ''"
        log = self.folder / "log"
        _run("pg_ctl", "start", "-D", self.folder, "-w", "-t", PATIENCE, "-l", log, "-o", listening)


def _give(path: str | Path) -> None:
    if os.geteuid() == 0:
        shutil.chown(path, SERVANT, SERVANT)


def _run(name: str, *words: object) -> None:
    """Raises StationError with what the command says."""
    command = [str(_binary(name)), *map(str, words)]
    servant: dict[str, Any] = {"user": SERVANT, "group": SERVANT, "extra_groups": []} if os.geteuid() == 0 else {}
    # Not by a pipe: the server keeps it, and one would wait for its end.
    with tempfile.TemporaryFile() as said:
        done = subprocess.run(  # noqa: S603 - Debian's own commands
            command, stdout=said, stderr=said, stdin=subprocess.DEVNULL, cwd="/", check=False, **servant
        )
        said.seek(0)
        if done.returncode:
            raise StationError(f"{name}: {said.read().decode(errors='replace').strip()}")


def _binary(name: str) -> Path:
    """Debian keeps them off the PATH, by version. Raises StationError."""
    found = sorted(BINARIES.glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    if not found:
        raise StationError(f"no {name} in {BINARIES}: apt-get install postgresql redis-server")
    return found[-1]
