"""Polls live sources through the day, so that nothing is lost. Its runbook is the .md file of the same name."""

from datetime import timedelta
from pathlib import Path

import pendulum
from airflow.sdk import dag

from operations import params, pools
from operations.steps import DEFAULTS, deadline, present_step

SOON = {"retries": 1, "execution_timeout": timedelta(minutes=30)}  # the next poll is an hour away


@dag(
    schedule="20 * * * *",
    start_date=pendulum.datetime(2024, 1, 1, tz="UTC"),
    catchup=False,
    max_active_runs=1,
    default_args=DEFAULTS | SOON,
    deadline=deadline(hours=3),
    params={"sources": params.SOURCES},
    tags=["troopwatch", "capture"],
    doc_md=str(Path(__file__).with_suffix(".md")),
)
def troopwatch_feeds() -> None:
    one = present_step.override(task_id="poll", pool=pools.HOSTS, map_index_template="{{ task.op_kwargs['what'] }}")
    one.partial(name="poll").expand(what=present_step.override(task_id="sources")("sources"))


troopwatch_feeds()
