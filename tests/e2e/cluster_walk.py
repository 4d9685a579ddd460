"""What is done to a cluster while it works: days asked for, a worker killed, servers restarted."""

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import psutil
from backfills import RUNS, Backfills, wait_for

from station.cluster import database_of
from station.home import Home

Task = tuple[str, str, int]
"""A run, a task of it, and the index of a mapped one."""


@dataclass(frozen=True)
class Cluster(Backfills):
    """The daily DAG of a cluster."""

    def pid(self, name: str) -> int:
        return int(self.station.kept("running.json")["processes"][name]["pid"])

    def done(self) -> int:
        return sum(state in ("success", "failed") for state in self.states().values())

    def tasks(self, state: str = "") -> dict[Task, Any]:
        wanted = f"&state={state}" if state else ""
        tasks: dict[Task, Any] = {}
        while True:
            path = f"{RUNS}/~/taskInstances?limit=100&offset={len(tasks)}{wanted}"
            answer = self.api.ask("GET", path)
            page = answer["task_instances"]
            tasks |= {(one["dag_run_id"], one["task_id"], one["map_index"]): one for one in page}
            if len(tasks) >= answer["total_entries"] or not page:
                return tasks

    def kill_worker(self, name: str) -> dict[Task, Any]:
        """As if its machine were gone, at a moment when it has something to do; the tasks that it was at."""
        lost: dict[Task, Any] = {}

        def has_some() -> bool:
            processes = psutil.Process(self.pid(name)).children(recursive=True)
            pids = {process.pid for process in processes}
            lost.update({key: one for key, one in self.tasks("running").items() if one["pid"] in pids})
            return bool(lost)

        wait_for(has_some, 60)
        worker = psutil.Process(self.pid(name))
        for process in [worker, *worker.children(recursive=True)]:
            process.kill()
        return self._still_running(lost)

    def _still_running(self, lost: dict[Task, Any]) -> dict[Task, Any]:
        """One that ended just before its worker did is not lost."""
        running = self.tasks("running")
        return {key: one for key, one in lost.items() if key in running}

    def seconds_until_again(self, lost: dict[Task, Any], since: datetime, patience: float) -> list[float]:
        """For each of the tasks, until its next try began."""
        begun: dict[Task, float] = {}

        def all_have() -> bool:
            for key, one in self.tasks().items():
                if key in lost and one["try_number"] > lost[key]["try_number"] and one["start_date"]:
                    waited = (_instant(one["start_date"]) - since).total_seconds()
                    if waited > 0:  # until it begins, a try bears the start of the one before
                        begun.setdefault(key, waited)
            return set(begun) == set(lost)

        wait_for(all_have, patience)
        return sorted(begun.values())

    def restart_redis(self) -> None:
        os.kill(self.pid("redis"), 15)
        self.start_what_is_missing()

    def restart_postgres(self) -> None:
        database = database_of(Home(self.station.folder.resolve()))
        assert database.stop()
        database.start()
        self.start_what_is_missing()

    def start_what_is_missing(self) -> None:
        done = self.station.run("cluster")
        assert done.returncode == 0, done.stderr


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
