"""`python -m station up | cluster | down | status | airflow | python | env`: Airflow with Troopwatch here."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from station import cluster as clusters
from station import running, starting, stopping
from station.errors import StationError
from station.home import CLUSTER, Home
from station.running import Running
from troopwatch.errors import HopelessError
from troopwatch.settings import ROOT

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=__doc__)
out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)

Folder = Annotated[Path, typer.Option("--home", envvar="TROOPWATCH_HOME", help="The folder that all of it lies in.")]
Port = Annotated[int, typer.Option("--port", min=0, max=65535, help="Where Airflow's pages are; 0: any free one.")]
Groups = Annotated[
    str, typer.Option("--sources", envvar="TROOPWATCH_GROUPS", help="Names or groups of sources, separated by commas.")
]
Workers = Annotated[int, typer.Option("--workers", min=1, help="Celery workers.")]
DEFAULT = ROOT / "data-up"
ANY_WORDS = {"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []}


@app.command()
def up(folder: Folder = DEFAULT, port: Port = 8080, groups: Groups = "demo") -> None:
    """Start everything, wait until it is well, and say how to go on."""
    home = _home(folder)
    with _clearly():
        starting.needs_newsroom(groups)  # a source that does not exist is said before anything is made
        home.prepare()
        with home.alone():
            if running.is_anything_alive(home):
                return _tell_standing(home)
            _start(starting.Start(home, port, groups, lambda text: None))
    return None


@app.command()
def cluster(folder: Folder = Path(CLUSTER), port: Port = 8080, groups: Groups = "demo", workers: Workers = 2) -> None:
    """The services of docker-compose.yml without Docker; called again, it starts what has ended meanwhile."""
    home = _home(folder)
    with _clearly():
        starting.needs_newsroom(groups)
        home.prepare()
        with home.alone():
            _start(clusters.Cluster(home, port, groups, lambda text: None, workers=workers))


@app.command(context_settings=ANY_WORDS)
def airflow(context: typer.Context, folder: Folder = DEFAULT) -> None:
    """Airflow's own command, in the environment of what runs: `airflow backfill create --dag-id ...`."""
    _become(folder, "-m", "airflow", *context.args)


@app.command(context_settings=ANY_WORDS)
def python(context: typer.Context, folder: Folder = DEFAULT) -> None:
    """Python in the environment of what runs, with its lake and its database: `python -m troopwatch heal`."""
    _become(folder, *context.args)


def _become(folder: Path, *words: str) -> None:
    with _clearly():
        around = running.environment(_home(folder))
    os.execve(sys.executable, [sys.executable, *words], around)  # noqa: S606 - what was asked for


@app.command()
def env(groups: Groups = "world") -> None:
    """Print a `.env` for docker-compose.yml, with secrets that nobody has seen."""
    for name, value in {**clusters.fresh_secrets(), "TROOPWATCH_GROUPS": groups}.items():
        sys.stdout.write(f"{name}={value}\n")


@app.command()
def down(folder: Folder = DEFAULT) -> None:
    """End every process that `up` started; what they have written stays."""
    home = _home(folder)
    if not home.folder.exists():
        out.print(f"Nothing was ever started in {home.folder}.")
        return
    with _clearly(), home.alone():
        ended = stopping.stop(home)
    out.print(f"{ended} processes ended." if ended else "Nothing was running.")


@app.command()
def status(folder: Folder = DEFAULT) -> None:
    """What runs, where, and how it is. Exits with 1 unless all is well, with 3 where nothing runs."""
    home = _home(folder)
    if not running.is_anything_alive(home):
        out.print(f"Down: nothing of {home.folder} runs. Start it with: {home.commands.start}")
        sys.exit(3)
    standing = running.read(home)
    if standing is None:
        out.print(f"A part of a start that was broken off runs in {home.folder}. End it with: {home.commands.end}")
        sys.exit(1)
    sys.exit(0 if _tell_health(home, standing) else 1)


def _start(start: starting.Start) -> None:
    begun, home = time.monotonic(), start.home
    with err.status("Troopwatch starts") as line:
        start.tell = line.update
        started = start.run()
    out.print(f"Airflow runs at {started.address} (all well after {time.monotonic() - begun:.0f} s).")
    if home.was_begun:
        out.print(f"The passwords of admin and viewer are in {home.passwords_file}.")
    else:
        _tell_passwords(home)
    starting.switch_on(home, started)
    out.print(_how_to_go_on(started, home))


def _tell_passwords(home: Home) -> None:
    """At the first start alone."""
    for user, password in home.passwords().items():
        out.print(f"  user {user:7} password {password}", markup=False)
    out.print(f"Shown this once; they are also in {home.passwords_file}.")


def _how_to_go_on(started: Running, home: Home) -> str:
    demo = starting.needs_newsroom(started.groups)
    days = "2024-10-17 to 2024-11-04" if demo else "the days you want"
    which = "The reports are" + (", that of 2024-10-18 for one," if demo else "")
    _, status, end = home.commands
    return (
        f"Sources: {started.groups}. Next: log in, open the DAG troopwatch_daily, press Trigger, choose Backfill, and "
        f"take {days}.\n{which} under Troopwatch in the navigation. `{status}` tells how it is, `{end}` ends it."
    )


def _tell_standing(home: Home) -> None:
    """A second `make up`: where it runs already. Raises StationError where only a part of it does, or is silent."""
    standing = running.read(home)
    if standing is None or any(one.trouble for one in running.health(home, standing)):
        raise StationError("a part of it runs already, but not all is well: `make status` tells; `make down` ends it")
    starting.switch_on(home, standing)  # where the start was broken off before it could
    out.print(f"It runs already, at {standing.address}, with the sources {standing.groups}.")
    out.print(f"The passwords of admin and viewer are in {home.passwords_file}. `make down` ends it.")


def _tell_health(home: Home, standing: Running) -> bool:
    """Print each component; whether all are well."""
    table = Table(
        "component", "process", "health", title=f"{standing.address}, since {standing.since:%Y-%m-%d %H:%M} UTC"
    )
    components = list(running.health(home, standing))
    for one in components:
        table.add_row(one.name, str(one.pid or "-"), one.trouble or "well")
    out.print(table)
    out.print(f"Sources: {standing.groups}. Logs: {home.logs}. Lake and reports: {standing.data}.")
    return not any(one.trouble for one in components)


def _home(folder: Path) -> Home:
    return Home((ROOT / folder.expanduser()).resolve())


@contextmanager
def _clearly() -> Iterator[None]:
    """What the person at the shell can mend is said in a line, and exits with 1."""
    try:
        yield
    except (StationError, HopelessError) as error:
        err.print(f"Troopwatch: {error}", style="red", markup=False)
        sys.exit(1)


if __name__ == "__main__":
    app()
