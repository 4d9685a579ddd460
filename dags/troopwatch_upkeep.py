"""Removes what killed runs left half-written, and turns red when a source has been silent for days."""

from typing import Any

import pendulum
from airflow.sdk import dag, task


@task
def sweep(**context: Any) -> int:
    """Remove half-written files; how many."""
    from troopwatch.flow import Run  # here, so that parsing this file stays cheap

    return Run.present(context, pendulum.now("UTC")).sweep()


@task
def listen(**context: Any) -> None:
    """Fail where a source that is asked every day brings nothing any more."""
    from troopwatch.flow import Run

    Run.present(context, pendulum.now("UTC")).listen()


@dag(
    schedule="0 6 * * *",
    start_date=pendulum.datetime(2024, 1, 1, tz="UTC"),
    catchup=False,
    max_active_runs=1,
    tags=["troopwatch"],
    doc_md=__doc__,
)
def troopwatch_upkeep() -> None:
    sweep()
    listen()


troopwatch_upkeep()
