"""Sweeps up after killed runs, keeps what is to be kept, and names sources that fare badly: see the .md beside it."""

from pathlib import Path

import pendulum
from airflow.configuration import conf
from airflow.sdk import dag

from operations.steps import DEFAULTS, deadline, present_step


@dag(
    schedule="0 6 * * *",
    start_date=pendulum.datetime(2024, 1, 1, tz="UTC"),
    catchup=False,
    max_active_runs=1,
    default_args=DEFAULTS,
    deadline=deadline(hours=3),
    tags=["troopwatch", "maintenance"],
    doc_md=str(Path(__file__).with_suffix(".md")),
)
def troopwatch_upkeep() -> None:
    present_step.override(task_id="sweep")("sweep")
    present_step.override(task_id="retain")("retain", conf.get("logging", "base_log_folder"))
    present_step.override(task_id="listen")("listen")


troopwatch_upkeep()
