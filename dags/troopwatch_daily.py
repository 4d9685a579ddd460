"""One day of news, all five stages: scheduled, backfilled, or by hand. Its runbook is the .md file of the same name."""

from pathlib import Path

import pendulum
from airflow.sdk import CronDataIntervalTimetable, TaskGroup, chain, dag, task_group

from operations import params, pools
from operations.approval import ApproveDay
from operations.steps import ANYHOW, DEFAULTS, deadline, step


@task_group
def scrape() -> None:
    names = step.override(task_id="sources")("sources")
    one = step.override(task_id="source", pool=pools.HOSTS, map_index_template="{{ task.op_kwargs['what'] }}")
    tally = step.override(task_id="tally", trigger_rule=ANYHOW)
    one.partial(name="scrape").expand(what=names) >> tally("tally", names)


@task_group
def normalize() -> None:
    step.override(task_id="run")("normalize") >> step.override(task_id="gate")("judge_documents")


@task_group
def detect() -> None:
    step.override(task_id="run")("detect") >> step.override(task_id="gate")("judge_mentions")


@dag(
    schedule=CronDataIntervalTimetable("0 0 * * *", timezone="UTC"),  # "@daily" would give a run the day after its own
    start_date=pendulum.datetime(2000, 1, 1, tz="UTC"),
    catchup=False,
    max_active_runs=4,
    default_args=DEFAULTS,
    deadline=deadline(hours=6),
    params={"sources": params.SOURCES, "from_stage": params.FROM_STAGE, "approval": params.APPROVAL},
    tags=["troopwatch", "pipeline", "capture"],
    doc_md=str(Path(__file__).with_suffix(".md")),
)
def troopwatch_daily() -> None:
    writer = step.override(pool=pools.DUCKDB)  # DuckDB takes one writer
    with TaskGroup("aggregate") as aggregate:
        history = step.override(task_id="history")("judge_history")
        candidate = writer.override(task_id="run")("aggregate")
        gate = writer.override(task_id="gate")("judge_edition", candidate)
        history >> ApproveDay(task_id="approve") >> candidate >> gate
    chain(scrape(), normalize(), detect(), aggregate, writer.override(task_id="publish")("publish", candidate))


troopwatch_daily()
