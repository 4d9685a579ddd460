"""The one task that the DAGs are made of: a step of a run, with retries, limits and notices."""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pendulum
from airflow.sdk import task
from airflow.sdk.definitions.callback import AsyncCallback
from airflow.sdk.definitions.deadline import DeadlineAlert
from airflow.sdk.definitions.retry_policy import ExceptionRetryPolicy, RetryAction, RetryRule
from airflow.sdk.exceptions import AirflowSkipException

from operations import lineage
from operations.deadlines import Queueing
from operations.notifier import Notifier, late, tell_of_closed

if TYPE_CHECKING:
    from troopwatch.flow import Run

LOG = logging.getLogger("troopwatch.flow")  # where every line of a run stands
TAGS = {
    "troopwatch": "every DAG of this project",
    "pipeline": "makes editions",
    "capture": "asks servers of others",
    "maintenance": "keeps the installation healthy",
}
"""All tags that there are, and what each says of a DAG."""
OWNER = "newsdesk"
FAIL_AT_ONCE = RetryRule(exception="troopwatch.errors.HopelessError", action=RetryAction.FAIL)
ANYHOW = "all_done"  # a source whose task fails holds back no other; the tally says what all came to
UNLESS_RED = "none_failed"  # what a run leaves out is skipped, and holds nothing back
DEFAULTS: dict[str, Any] = {
    "owner": OWNER,
    "retries": 3,
    # Airflow waits up to twice as long: soon after a worker died, then a minute and more, then six.
    "retry_delay": timedelta(seconds=10),
    "retry_exponential_backoff": 6.0,
    "retry_policy": ExceptionRetryPolicy(rules=[FAIL_AT_ONCE]),
    "execution_timeout": timedelta(hours=1),
    "on_failure_callback": [Notifier()],
}


def deadline(hours: int) -> DeadlineAlert:
    """A notice where a run has not ended so long after it was queued, not after its day: a backfill is of old days."""
    return DeadlineAlert(Queueing(), timedelta(hours=hours), AsyncCallback(late))


def begun(make: "Callable[[Mapping[str, Any], datetime], Run]", context: Mapping[str, Any], name: str) -> "Run":
    """The run that a task belongs to, made by one of its constructors; where it is refused, the log says why first."""
    try:
        return make(context, pendulum.now("UTC"))
    except Exception as error:
        from troopwatch import lines

        LOG.error("%s: %s", name, lines.first(error))
        raise


@task(trigger_rule=UNLESS_RED)
def step(name: str, what: Any = None, **context: Any) -> Any:
    """Take one step of troopwatch.flow for the day that the run is for."""
    from troopwatch.flow import LeftOut, Run  # here, so that parsing a DAG's file stays cheap

    run = begun(Run.of, context, name)
    try:
        made = run.take(name, what)
    except LeftOut as nothing:
        raise AirflowSkipException(str(nothing)) from nothing
    finally:
        tell_of_closed(run.closed_later, context)
    lineage.tell(name, run.settings.address, context["task"])
    return made


@task
def present_step(name: str, what: str | None = None, **context: Any) -> Any:
    """Take one step of troopwatch.flow for the day that is passing."""
    from troopwatch.flow import Run

    run = begun(Run.present, context, name)
    made = run.take(name, what)
    lineage.tell(name, run.settings.address, context["task"])
    return made


def alone(dag: Any) -> Any:
    """The DAG made fit for `dag.test()`, which waits for ever on a task that is up for a retry.

    It also trips over deadlines once a run has succeeded (apache/airflow#73428).
    """
    dag.deadline = None
    for each in dag.tasks:
        each.retries = 0
    return dag
