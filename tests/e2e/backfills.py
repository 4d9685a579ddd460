"""Backfills as programs ask for them, by REST and by Airflow's command, and what has become of their days."""

import json
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from conftest import Station
from station.airflow_api import Api, NoAnswerError

DAG = "troopwatch_daily"
PATIENCE = 1200
"""Seconds for some days on a machine that is busy with other things; on a quiet one ten take a minute and a half."""
RUNS = f"/api/v2/dags/{DAG}/dagRuns"


@dataclass(frozen=True)
class Asked:
    """What a backfill may be told besides its first and last day; `conf` None leaves to runs what they were told."""

    at_a_time: int = 4
    backwards: bool = False
    reprocess: str = "none"
    conf: dict[str, Any] | None = None


@dataclass(frozen=True)
class Backfills:
    """The daily DAG of a station."""

    station: Station

    @property
    def api(self) -> Api:
        return self.station.api()

    def by_rest(self, first: str, last: str, asked: Asked) -> None:
        span = {"from_date": f"{first}T00:00:00Z", "to_date": f"{last}T00:00:00Z"}
        rest = {"max_active_runs": asked.at_a_time, "run_backwards": asked.backwards, "dag_run_conf": asked.conf}
        rest |= {"dag_id": DAG, "reprocess_behavior": asked.reprocess}
        self.api.ask("POST", "/api/v2/backfills", span | rest)

    def by_command(self, first: str, last: str, asked: Asked) -> None:
        span = ["--dag-id", DAG, "--from-date", first, "--to-date", last]
        rest = ["--max-active-runs", str(asked.at_a_time), "--reprocess-behavior", asked.reprocess]
        rest += ["--run-backwards"] if asked.backwards else []
        rest += ["--dag-run-conf", json.dumps(asked.conf)] if asked.conf is not None else []
        done = self.station.run("airflow", "backfill", "create", *span, *rest)
        assert done.returncode == 0, done.stderr

    def runs(self, wanted: Iterable[str] | None = None) -> dict[str, dict[str, Any]]:
        """What Airflow says of the backfilled runs of days, of all where none are named."""
        found = self.api.ask("GET", f"{RUNS}?limit=100&run_type=backfill")["dag_runs"]
        by_day = {run["logical_date"][:10]: run for run in found}
        return by_day if wanted is None else {day: by_day[day] for day in wanted if day in by_day}

    def states(self, wanted: Iterable[str] | None = None) -> dict[str, str]:
        """The state of each backfilled day."""
        return {day: run["state"] for day, run in self.runs(wanted).items()}

    def schedule_again(self) -> None:
        """The runs of the schedule are run once more, as if their time had come now."""
        ended = self.api.ask("GET", f"{RUNS}?limit=100&run_type=scheduled&state=success&state=failed")["dag_runs"]
        for run in ended:
            self.api.ask("POST", f"{RUNS}/{run['dag_run_id']}/clear", {"dry_run": False})

    def sweep(self) -> None:
        """A run of upkeep, beside those of its own schedule."""
        self.api.ask("POST", "/api/v2/dags/troopwatch_upkeep/dagRuns", {"logical_date": None})

    def end_of(self, wanted: Iterable[str], seconds: float) -> None:
        """Wait until the backfilled runs of all these days have ended, whatever else goes on."""
        days = set(wanted)
        ended = {"success", "failed"}
        wait_for(lambda: {day for day, state in self.states().items() if state in ended} >= days, seconds)

    def end(self, seconds: float) -> None:
        """Wait until every run has ended, be it of the schedule, and put away the backfill that they were of.

        Airflow itself puts backfills away every thirty seconds only, and takes no other before.
        """

        def none_goes_on() -> bool:
            return not self.api.ask("GET", f"{RUNS}?limit=1&state=running&state=queued")["total_entries"]

        wait_for(none_goes_on, seconds)
        for one in self.api.ask("GET", f"/api/v2/backfills?dag_id={DAG}&limit=100")["backfills"]:
            if not one["completed_at"]:
                self.api.ask("PUT", f"/api/v2/backfills/{one['id']}/cancel")

    def first_line(self, day: str, task: str, index: int = -1) -> str:
        """What the log of a task's last try says first, outside of Airflow's own groups of lines."""
        here = f"{RUNS}/{self.runs()[day]['dag_run_id']}/taskInstances/{task}"
        number = self.api.ask("GET", here if index < 0 else f"{here}/{index}")["try_number"]
        return _first_outside_groups(self.api.ask("GET", f"{here}/logs/{number}?map_index={index}")["content"])


def _first_outside_groups(content: list[dict[str, Any]]) -> str:
    depth = 0
    for line in content:
        event = str(line["event"])
        if event.startswith("::group::"):
            depth += 1
        elif event.startswith("::endgroup::"):
            depth -= 1
        elif not depth:
            return event
    return ""


def wait_for(condition: Callable[[], bool], patience: float) -> None:
    """Until it holds; where nobody answers meanwhile, it is asked again."""
    last_call = time.monotonic() + patience
    while not _holds(condition):
        assert time.monotonic() < last_call, f"waited for {patience} s"
        time.sleep(0.5)


def _holds(condition: Callable[[], bool]) -> bool:
    try:
        return condition()
    except NoAnswerError:
        return False
