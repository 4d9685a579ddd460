"""Polls live sources through the day, so that nothing rolls off a feed before the day's own run."""

from datetime import timedelta
from typing import Any

import pendulum
from airflow.sdk import Param, dag, task

ABOUT_SOURCES = "Names or groups of sources, separated by commas. Empty: those of the installation."


@task(retries=1, retry_delay=timedelta(minutes=2), execution_timeout=timedelta(minutes=30))
def step(name: str, what: str | None = None, **context: Any) -> Any:
    """Take one step of troopwatch.flow for the day that is passing."""
    from troopwatch.flow import Run  # here, so that parsing this file stays cheap

    return Run.present(context, pendulum.now("UTC")).take(name, what)


@dag(
    schedule="20 * * * *",
    start_date=pendulum.datetime(2024, 1, 1, tz="UTC"),
    catchup=False,
    max_active_runs=1,
    params={"sources": Param(None, type=["null", "string"], title="Sources", description=ABOUT_SOURCES)},
    tags=["troopwatch"],
    doc_md=__doc__,
)
def troopwatch_feeds() -> None:
    one = step.override(task_id="poll", map_index_template="{{ task.op_kwargs['what'] }}")
    one.partial(name="poll").expand(what=step.override(task_id="sources")("sources"))


troopwatch_feeds()
