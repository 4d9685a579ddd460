"""A person's word before a day is published, where the run asks for one."""

from datetime import timedelta
from typing import Any, NoReturn

import pendulum
from airflow.providers.standard.exceptions import HITLRejectException
from airflow.providers.standard.operators.hitl import ApprovalOperator
from airflow.sdk.definitions.retry_policy import ExceptionRetryPolicy, RetryAction, RetryRule
from airflow.sdk.exceptions import AirflowSkipException

from operations.notifier import tell_of_closed
from operations.steps import UNLESS_RED

# An answer within the second after the question finds Airflow still busy with asking, and the task fails: ask again.
SETTLED = ExceptionRetryPolicy(
    rules=[
        RetryRule(exception=f"airflow.providers.standard.exceptions.{name}", action=RetryAction.FAIL)
        for name in ("HITLRejectException", "HITLTimeoutError")
    ]
)
GATES = ["normalize.gate", "detect.gate", "aggregate.history", "aggregate.gate"]
WARNINGS = f"ti.xcom_pull(task_ids={GATES}) | select | sum(attribute='warnings')"
"""What the gates of this run warn of, in the words of a template; a gate that the run leaves out has said nothing."""
NOT_ASKED = "no approval was asked for: the gates decide alone"
NOT_NEEDED = "no approval is needed: the gates warn of nothing"


class ApproveEdition(ApprovalOperator):
    """Waits for a person where the parameter `approval` is on and a gate warns of something, or none was asked.

    A rejected day is closed until it is judged again.

    Waiting takes no slot. A run within `dag.test()` would wait for ever: there nobody can answer.
    """

    def __init__(self, **rest: Any) -> None:
        settled = {
            "retries": 1,
            "retry_policy": SETTLED,
            "execution_timeout": None,
            "response_timeout": timedelta(days=7),
            "trigger_rule": UNLESS_RED,  # a run that begins with publish skips all before it, and asks all the same
        }
        words = {
            "subject": "Publish the report of {{ ds }}?",
            "body": f"All gates of {{{{ ds }}}} are open, with {{{{ {WARNINGS} }}}} warnings. Logs of the gate tasks "
            "say what they warn of; the coverage of the day is that of the last edition until this one is published.",
        }
        super().__init__(**(words | rest | settled), fail_on_reject=True)

    def execute(self, context: Any) -> Any:
        if not context["dag_run"].conf.get("approval", context["params"].get("approval")):
            self._skip(NOT_ASKED)
        said = list(filter(None, context["ti"].xcom_pull(task_ids=GATES)))
        if said and not any(counts["warnings"] for counts in said):
            self._skip(NOT_NEEDED)
        return super().execute(context)

    def _skip(self, why: str) -> NoReturn:
        self.log.info(why)
        raise AirflowSkipException(why)

    def execute_complete(self, context: Any, event: dict[str, Any]) -> Any:
        """Go on with the answer; a no is put down in the lake, where the runs of other days read it."""
        try:
            return super().execute_complete(context, event)
        except HITLRejectException:
            from troopwatch.flow import Run

            run = Run.of(context, pendulum.now("UTC"))
            run.reject(context["ti"].xcom_pull(task_ids="aggregate.run"))
            tell_of_closed(run.closed_later, context)
            raise
