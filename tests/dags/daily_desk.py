"""The daily DAG at work on a data folder, with the newsroom in place of the web and nobody told of anything."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pendulum
import pytest

import newsroom
from troopwatch import days, notices
from troopwatch.notices import Notice
from troopwatch.settings import Settings

DAY = date(2024, 11, 1)
# All three, for a run within this process leaves its own to the next: Airflow's task processes end with their task.
DEFAULT = {"sources": "narae_wire, harbour_courier", "from_stage": "scrape", "approval": False}


class Desk:
    """Runs the DAG on one data folder, and keeps the notices that were to be sent."""

    def __init__(self, dag: Any, data: Path, patch: pytest.MonkeyPatch) -> None:
        self.dag, self.data, self.sent = dag, data, list[Notice]()
        patch.setattr(notices, "send", self._send)
        self.set = patch.setenv

    def _send(self, notice: Notice, _: Settings) -> list[str]:
        self.sent.append(notice)
        return []

    def run(self, day: date = DAY, *, now: Any = None, **conf: Any) -> dict[str, set[str]]:
        """The states in which each task's instances ended; the newsroom is there only while the run is."""
        now = now or days.end(day) + timedelta(minutes=30)
        with newsroom.serve(lambda: now) as served:
            around = {"DATA": str(self.data), "NOW": now.isoformat(), "CONNECT_TO": served.connect_to, "PAUSE": "0"}
            for name, value in around.items():
                self.set(f"TROOPWATCH_{name}", value)
            run = self.dag.test(logical_date=pendulum.instance(days.start(day)), run_conf=DEFAULT | conf)
        ended: dict[str, set[str]] = {"run": {str(run.state)}}
        for instance in run.get_task_instances():
            ended.setdefault(instance.task_id, set()).add(str(instance.state))
        return ended
