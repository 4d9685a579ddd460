"""Removes what killed runs left and what is not kept for ever, and turns red when a source has fared badly."""

from typing import Any

import pendulum
from airflow.sdk import dag, task


@task
def sweep(**context: Any) -> int:
    """Remove half-written files; how many."""
    from troopwatch.flow import Run  # here, so that parsing this file stays cheap

    return Run.present(context, pendulum.now("UTC")).sweep()


@task
def retain(**context: Any) -> dict[str, int]:
    """Remove raw captures and log files that are older than the settings keep them; how many."""
    from airflow.configuration import conf

    from troopwatch.flow import Run

    return Run.present(context, pendulum.now("UTC")).retain(conf.get("logging", "base_log_folder"))


@task
def listen(**context: Any) -> None:
    """Fail where a source brings nothing any more, or is captured on fewer than half of the days it is asked."""
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
    retain()
    listen()


troopwatch_upkeep()
