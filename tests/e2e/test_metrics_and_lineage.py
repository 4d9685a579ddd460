"""Who watches the station by Airflow's own settings is told: a StatsD server, and a file that takes OpenLineage."""

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from backfills import DAG, PATIENCE, Backfills, wait_for
from listener import Listener

from conftest import Station
from operations.lineage import FLOW

pytestmark = [pytest.mark.e2e, pytest.mark.filterwarnings("default")]
ALWAYS = {
    "dag_processing.import_errors",
    "dagrun.duration.success",
    "dagrun.schedule_delay",
    "pool.starving_tasks",
    "scheduler_heartbeat",
    "task.duration",
    "ti.finish",
}
"""Metrics of docs/operations.md that a run of the schedule leaves, when all goes well."""


@pytest.fixture(scope="module", autouse=True)
def scheduled(station: Station) -> None:
    """The schedule's own run has ended, as it does on every station."""
    Backfills(station).end(PATIENCE)


def test_a_statsd_server_hears_of_every_metric_that_is_worth_an_alert(listener: Listener) -> None:
    last_call = time.monotonic() + 90
    while (missing := ALWAYS - listener.heard) and time.monotonic() < last_call:
        time.sleep(0.5)
    assert (missing, listener.strange) == (set(), [])


def test_openlineage_is_told_of_the_data_sets_of_a_day(station: Station, lineage: Path) -> None:
    tasks = {"normalize.run": "normalize", "detect.gate": "judge_mentions", "publish": "publish"}
    wait_for(lambda: set(tasks) <= set(_completed(lineage)), 60)
    told = _completed(lineage)
    for task, step in tasks.items():
        reads, writes = FLOW[step]
        assert told[task] == (_named(station, reads), _named(station, writes)), task


def _completed(lineage: Path) -> dict[str, tuple[set[str], set[str]]]:
    """By task of the daily DAG that has ended well: data sets that it has read and written, as OpenLineage has them.

    A task that was skipped has ended too, and has none.
    """
    told = [event for event in _events(lineage) if event["inputs"] or event["outputs"]]
    ended = [event for event in told if event["eventType"] == "COMPLETE"]
    prefix = f"{DAG}."
    return {
        event["job"]["name"].removeprefix(prefix): (_of(event["inputs"]), _of(event["outputs"]))
        for event in ended
        if event["job"]["name"].startswith(prefix)
    }


def _events(lineage: Path) -> Iterator[dict[str, Any]]:
    if lineage.exists():
        yield from map(json.loads, lineage.read_text(encoding="utf-8").splitlines())


def _of(datasets: list[dict[str, Any]]) -> set[str]:
    return {f"{one['namespace']}:{one['name']}" for one in datasets}


def _named(station: Station, names: tuple[str, ...]) -> set[str]:
    return {f"file:{station.data / name}" for name in names}
