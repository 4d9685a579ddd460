"""One day of news, all five stages: scheduled, backfilled, or by hand. Its runbook is the .md file of the same name."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pendulum
from airflow.sdk import CronDataIntervalTimetable, Param, TaskGroup, chain, dag, task, task_group
from airflow.sdk.definitions.retry_policy import ExceptionRetryPolicy, RetryAction, RetryRule

FAIL_AT_ONCE = RetryRule(exception="troopwatch.errors.HopelessError", action=RetryAction.FAIL)
PATIENCE = {"retries": 3, "retry_delay": timedelta(minutes=2), "retry_exponential_backoff": True}
LIMITS = {"retry_policy": ExceptionRetryPolicy(rules=[FAIL_AT_ONCE]), "execution_timeout": timedelta(hours=1)}
ANYHOW = "all_done_min_one_success"  # a source whose task fails holds back no other
ABOUT_SOURCES = "Names or groups of sources, separated by commas. Empty: those of the installation."


@task
def step(name: str, what: str | None = None, **context: Any) -> Any:
    """Take one step of troopwatch.flow for the day that the run is for."""
    from troopwatch.flow import Run  # here, so that parsing this file stays cheap

    return Run.of(context, pendulum.now("UTC")).take(name, what)


@task_group
def scrape() -> None:
    one = step.override(task_id="source", map_index_template="{{ task.op_kwargs['what'] }}")
    one.partial(name="scrape").expand(what=step.override(task_id="sources")("sources"))


@task_group
def normalize() -> None:
    step.override(task_id="run", trigger_rule=ANYHOW)("normalize") >> step.override(task_id="gate")("judge_documents")


@task_group
def detect() -> None:
    step.override(task_id="run")("detect") >> step.override(task_id="gate")("judge_mentions")


@dag(
    schedule=CronDataIntervalTimetable("0 0 * * *", timezone="UTC"),  # "@daily" would give a run the day after its own
    start_date=pendulum.datetime(2000, 1, 1, tz="UTC"),
    catchup=False,
    max_active_runs=4,
    default_args=PATIENCE | LIMITS,
    params={"sources": Param(None, type=["null", "string"], title="Sources", description=ABOUT_SOURCES)},
    tags=["troopwatch"],
    doc_md=str(Path(__file__).with_suffix(".md")),
)
def troopwatch_daily() -> None:
    with TaskGroup("aggregate") as aggregate:
        candidate = step.override(task_id="run")("aggregate")
        step.override(task_id="gate")("judge_edition", candidate)
    chain(scrape(), normalize(), detect(), aggregate, step.override(task_id="publish")("publish", candidate))


troopwatch_daily()
