"""A person's word before a day may be in an edition, where the run asks for one."""

from datetime import timedelta
from typing import Any, NoReturn

from airflow.providers.standard.exceptions import HITLRejectException
from airflow.providers.standard.operators.hitl import ApprovalOperator
from airflow.sdk.definitions.retry_policy import ExceptionRetryPolicy, RetryAction, RetryRule
from airflow.sdk.exceptions import AirflowSkipException

from operations.notifier import tell_of_closed
from operations.steps import UNLESS_RED, begun

# An answer within the second after the question finds Airflow still busy with asking, and the task fails: ask again.
SETTLED = ExceptionRetryPolicy(
    rules=[
        RetryRule(exception=f"airflow.providers.standard.exceptions.{name}", action=RetryAction.FAIL)
        for name in ("HITLRejectException", "HITLTimeoutError")
    ]
)
GATES = ["normalize.gate", "detect.gate", "aggregate.history"]
WARNINGS = f"ti.xcom_pull(task_ids={GATES}) | select | sum(attribute='warnings')"
"""What the gates of this run warn of, in the words of a template; a gate that the run leaves out has said nothing."""
NOT_ASKED = "no approval was asked for: the gates decide alone"
NOT_NEEDED = "no approval is needed: the gates warn of nothing"


class ApproveDay(ApprovalOperator):
    """Waits for a person where the parameter `approval` is on and a gate warns of something, or none was asked.

    The day is closed meanwhile, so that no run puts its rows into an edition; and after a no, or where nobody answers
    in time, until it is judged again. The edition with it is made after the answer.

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
            "body": f"The gates found nothing that closes {{{{ ds }}}}, and {{{{ {WARNINGS} }}}} warnings. Logs of the "
            "gate tasks and the day's quality page say what they warn of. No new edition has the day before your yes.",
        }
        super().__init__(**(words | rest | settled), fail_on_reject=True)

    def execute(self, context: Any) -> Any:
        if not context["dag_run"].conf.get("approval", context["params"].get("approval")):
            self._skip(NOT_ASKED)
        from troopwatch.flow import Run

        run = begun(Run.of, context, self.task_id)
        said = list(filter(None, context["ti"].xcom_pull(task_ids=GATES)))
        if said and not any(counts["warnings"] for counts in said):
            run.approve()
            self._skip(NOT_NEEDED)
        run.hold()
        return super().execute(context)

    def _skip(self, why: str) -> NoReturn:
        self.log.info(why)
        raise AirflowSkipException(why)

    def execute_complete(self, context: Any, event: dict[str, Any]) -> Any:
        """Go on with the answer, which is put down in the lake, where the runs of other days read it."""
        from troopwatch.flow import Run

        run = begun(Run.of, context, self.task_id)
        try:
            answer = super().execute_complete(context, event)
        except HITLRejectException:
            run.reject()
            tell_of_closed(run.closed_later, context)
            raise
        run.approve()
        return answer
