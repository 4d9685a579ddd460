"""What Airflow costs beside the work itself: the same days with one worker and with two, a day of many mapped tasks.

`python benchmarks/scaling.py [DAYS]` starts the cluster of docker-compose.yml without Docker (Debian's postgresql and
redis-server) in a temporary folder, once with each number of workers: some half an hour on two cores for 30 days.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from statistics import fmean
from typing import Any

from rich.console import Console
from rich.table import Table

from station.airflow_api import Api, NoAnswerError
from troopwatch import days
from troopwatch.settings import INCLUDE, Settings

DAG = "troopwatch_daily"
RUNS = f"/api/v2/dags/{DAG}/dagRuns"
FIRST = date(2022, 2, 2)
SLICE_DAY, SLICE = date(2022, 4, 20), 40
"""A day of its own, and how many WARC files it is made to have, each with a mapped task."""
BIG = 400
YEAR = 365


@dataclass(frozen=True)
class Measured:
    """Seconds until all days were done, of a day's tasks, and that a day waited between them; the machine's load."""

    workers: int
    wall: float
    tasks: float
    waited: float
    load: float


@dataclass(frozen=True)
class Mapped:
    """Seconds in which the mapped tasks of one day were done, and that one of them took by itself."""

    workers: int
    wall: float
    each: float


class Cluster:
    """A running cluster with its lake in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def start(self, workers: int, sources: Path) -> None:
        around = _plain_environment() | {"TROOPWATCH_SOURCES": str(sources)}
        words = ["--port", "0", "--sources", "corpus", "--workers", str(workers)]
        command = [sys.executable, "-m", "station", "cluster", "--home", str(self.folder), *words]
        subprocess.run(command, check=True, env=around, stdout=subprocess.DEVNULL)  # noqa: S603 - the project's own

    def stop(self) -> None:
        command = [sys.executable, "-m", "station", "down", "--home", str(self.folder)]
        subprocess.run(command, check=True, env=_plain_environment(), stdout=subprocess.DEVNULL)  # noqa: S603 - as above

    def ask(self, method: str, path: str, content: Any = None) -> Any:
        port, password = self._kept("running.json")["port"], self._kept("passwords.json")["admin"]
        return Api(port).logged_in("admin", password).ask(method, path, content)

    def end(self) -> None:
        """Wait until no run goes on."""
        while self._goes_on():
            time.sleep(1)

    def tasks(self, run: str = "~") -> list[dict[str, Any]]:
        """Those that have ended; of a run, or of all backfilled ones."""
        found: list[dict[str, Any]] = []
        while True:
            path = f"{RUNS}/{run}/taskInstances?limit=100&offset={len(found)}"
            page = self.ask("GET", path)["task_instances"]
            found += page
            if not page:
                return [one for one in found if one["end_date"] and one["start_date"]]

    def _goes_on(self) -> bool:
        try:
            return bool(self.ask("GET", f"{RUNS}?limit=1&state=running&state=queued")["total_entries"])
        except NoAnswerError:
            return True

    def _kept(self, name: str) -> Any:
        return json.loads((self.folder / name).read_text(encoding="utf-8"))


def main() -> None:
    """Measure, and print what it comes to."""
    console = Console(highlight=False, soft_wrap=True)
    wanted = days.between(FIRST, FIRST + timedelta(days=(int(sys.argv[1]) if len(sys.argv) > 1 else 30) - 1))
    plain, measured, mapped = _plainly(wanted), [], []
    for workers in (1, 2):
        with _cluster(workers) as cluster:
            cluster.end()  # the schedule's own day
            measured.append(_days(cluster, workers, wanted))
            mapped.append(_slice(cluster, workers))
    _print(console, len(wanted), plain, measured)
    _print_slice(console, mapped)


@contextmanager
def _cluster(workers: int) -> Iterator[Cluster]:
    folder = Path(tempfile.mkdtemp(prefix="troopwatch-scaling-"))
    folder.chmod(0o755)  # as root, PostgreSQL runs as another user
    cluster = Cluster(folder / "home")
    try:
        cluster.start(workers, _sources(folder / "sources"))
        yield cluster
    except BaseException:
        sys.stderr.write(f"its logs are kept in {cluster.folder}\n")
        raise
    finally:
        cluster.stop()
    shutil.rmtree(folder)


def _sources(folder: Path) -> Path:
    """The sources of the corpus, and as many of one WARC file each as a big archive has a day."""
    shutil.copytree(INCLUDE / "sources" / "corpus", folder / "corpus")
    (folder / "slice").mkdir()
    spec = (INCLUDE / "sources" / "corpus" / "state_dept_feed.yaml").read_text(encoding="utf-8")
    for number in range(SLICE):
        name = f"archive_{number:02}"
        (folder / "slice" / f"{name}.yaml").write_text(spec.replace("name: state_dept_feed", f"name: {name}"))
    return folder


def _plainly(wanted: list[date]) -> float:
    """Seconds of a day in one process, without Airflow, and published once for all."""
    with tempfile.TemporaryDirectory() as folder:
        around = _plain_environment() | {"TROOPWATCH_DATA": folder}
        command = [sys.executable, "-m", "troopwatch", "day", "--sources", "state_dept_feed"]
        began = time.perf_counter()
        span = ["--from", str(wanted[0]), "--to", str(wanted[-1])]
        subprocess.run([*command, *span], check=True, env=around, stdout=subprocess.DEVNULL)  # noqa: S603 - as above
        return (time.perf_counter() - began) / len(wanted)


def _days(cluster: Cluster, workers: int, wanted: list[date]) -> Measured:
    span = {"from_date": f"{wanted[0]}T00:00:00Z", "to_date": f"{wanted[-1]}T00:00:00Z"}
    conf = {"sources": "state_dept_feed"}
    began = time.perf_counter()
    cluster.ask("POST", "/api/v2/backfills", {"dag_id": DAG, "max_active_runs": 4, "dag_run_conf": conf, **span})
    cluster.end()
    wall = time.perf_counter() - began
    runs = cluster.ask("GET", f"{RUNS}?limit=100&run_type=backfill")["dag_runs"]
    if failed := [run["logical_date"] for run in runs if run["state"] != "success"]:
        sys.exit(f"these days failed: {', '.join(failed)}")
    of_days = [one for one in cluster.tasks() if one["dag_run_id"].startswith("backfill")]
    busy = sum(_seconds(one["start_date"], one["end_date"]) for one in of_days) / len(wanted)
    lasted = fmean(_seconds(run["start_date"], run["end_date"]) for run in runs)
    return Measured(workers, wall, busy, lasted - busy, os.getloadavg()[1])


def _slice(cluster: Cluster, workers: int) -> Mapped:
    """One day with a mapped task for each of its files."""
    asked = {"logical_date": f"{SLICE_DAY}T00:00:00Z", "conf": {"sources": "slice"}}
    run = cluster.ask("POST", RUNS, asked)["dag_run_id"]
    cluster.end()
    tasks = [one for one in cluster.tasks(run) if one["task_id"] == "scrape.source"]
    if (succeeded := sum(one["state"] == "success" for one in tasks)) != SLICE:
        sys.exit(f"{succeeded} of {SLICE} mapped tasks have succeeded")
    wall = _seconds(min(one["scheduled_when"] for one in tasks), max(one["end_date"] for one in tasks))
    return Mapped(workers, wall, fmean(_seconds(one["start_date"], one["end_date"]) for one in tasks))


def _print(console: Console, count: int, plain: float, measured: list[Measured]) -> None:
    names = ("workers", "seconds", "a day", "its tasks", "it waits", f"{YEAR} days, hours", "load")
    table = Table(
        *names,
        title=f"{count} days, four at a time; {plain:.1f} s a day in one process without Airflow, published once",
    )
    for one in measured:
        each = one.wall / count
        cells = (each, one.tasks, one.waited, each * YEAR / 3600, one.load)
        table.add_row(str(one.workers), f"{one.wall:.0f}", *(f"{cell:.1f}" for cell in cells))
    console.print(table)


def _print_slice(console: Console, mapped: list[Mapped]) -> None:
    names = ("workers", f"{SLICE} mapped tasks, s", "one alone, s", f"{BIG} on paper, min")
    table = Table(*names, title="a task for each WARC file of a day")
    for one in mapped:
        paper = one.wall / SLICE * BIG / 60
        table.add_row(str(one.workers), f"{one.wall:.0f}", f"{one.each:.2f}", f"{paper:.1f}")
    console.print(table)


def _seconds(first: str, last: str) -> float:
    return (datetime.fromisoformat(last) - datetime.fromisoformat(first)).total_seconds()


def _plain_environment() -> dict[str, str]:
    around = {name: value for name, value in os.environ.items() if not name.startswith(("AIRFLOW", "TROOPWATCH"))}
    return around | {"PYTHONPATH": str(INCLUDE), "TROOPWATCH_CORPUS": str(Settings().corpus)}


if __name__ == "__main__":
    main()
