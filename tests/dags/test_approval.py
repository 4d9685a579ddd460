"""A person's word on a day: when it is asked for, that the day is closed meanwhile, and what each answer does."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pendulum
import pytest
from daily_desk import DAY, Desk

from troopwatch import quality
from troopwatch.flow import Run
from troopwatch.lake import Lake

# Airflow and what it stands on warn of their own deprecations while they are imported; ours are errors everywhere else.
pytestmark = pytest.mark.filterwarnings("default")

ANSWER = {"params_input": {}, "responded_at": pendulum.now("UTC"), "responded_by_user": {"id": "1", "name": "ed"}}


@pytest.fixture
def put_down(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, date]]:
    """What was put down in the lake, instead of putting it there."""
    found = list[tuple[str, date]]()
    for name in ("hold", "approve", "reject"):
        monkeypatch.setattr(Run, name, lambda run, name=name: found.append((name, run.day)))
    return found


def context_of(*said: Any, approval: bool = True) -> dict[str, Any]:
    """What Airflow tells the task: `said` are the counts of the gates before it."""
    params, ti = {"approval": approval}, SimpleNamespace(xcom_pull=lambda task_ids: list(said))
    return {
        "ds": str(DAY),
        "dag_run": SimpleNamespace(conf={}),
        "params": params,
        "ti": ti,
        "task_instance": SimpleNamespace(id=1),
    }


def test_approval_is_asked_for_where_the_run_says_so_and_the_day_is_closed_first(
    daily: Any, put_down: list[tuple[str, date]], monkeypatch: pytest.MonkeyPatch
) -> None:
    from airflow.providers.standard.operators import hitl
    from airflow.sdk.exceptions import AirflowSkipException, TaskAwaitingInput

    asked = list[dict[str, Any]]()
    monkeypatch.setattr(hitl, "upsert_hitl_detail", lambda ti_id, **said: asked.append(said | {"before": put_down[:]}))
    task = daily.get_task("aggregate.approve")
    assert task.trigger_rule == "none_failed", "also where all before it is skipped"
    with pytest.raises(AirflowSkipException, match="no approval was asked for"):
        task.execute(context_of(approval=False))
    for said in ([{"warnings": 0}, {"warnings": 2}], [None, None]):  # where no gate was asked, nobody knows
        put_down.clear()
        with pytest.raises(TaskAwaitingInput):
            task.execute(context_of(*said))
    assert [(each["options"], each["before"]) for each in asked] == [(["Approve", "Reject"], [("hold", DAY)])] * 2
    put_down.clear()
    with pytest.raises(AirflowSkipException, match="the gates warn of nothing"):
        task.execute(context_of(None, {"warnings": 0}))
    assert put_down == [("approve", DAY)]


def test_a_yes_opens_the_day(daily: Any, put_down: list[tuple[str, date]]) -> None:
    task = daily.get_task("aggregate.approve")
    made = task.execute_complete(context_of(), ANSWER | {"chosen_options": ["Approve"]})
    assert made["chosen_options"] == ["Approve"] and put_down == [("approve", DAY)]


def test_a_rejected_day_is_red_and_closed(daily: Any, put_down: list[tuple[str, date]]) -> None:
    from airflow.providers.standard.exceptions import HITLRejectException

    task = daily.get_task("aggregate.approve")
    with pytest.raises(HITLRejectException) as rejected:
        task.execute_complete(context_of(), ANSWER | {"chosen_options": ["Reject"]})
    assert put_down == [("reject", DAY)]
    _assert_final(task, rejected.value)


def test_a_day_that_nobody_answers_for_is_red_and_stays_as_it_is(daily: Any, put_down: list[tuple[str, date]]) -> None:
    from airflow.providers.standard.exceptions import HITLTimeoutError

    task = daily.get_task("aggregate.approve")
    with pytest.raises(HITLTimeoutError) as late:
        task.execute_complete(context_of(), {"error": "nobody", "error_type": "timeout"})
    assert put_down == []
    _assert_final(task, late.value)


def _assert_final(task: Any, error: BaseException) -> None:
    from airflow.sdk.definitions.retry_policy import RetryAction

    assert task.retry_policy.evaluate(error, try_number=1, max_tries=1).action == RetryAction.FAIL, "nobody asks again"


def test_no_edition_is_made_of_the_day_before_the_answer(daily: Any) -> None:
    assert daily.get_task("aggregate.approve").upstream_task_ids == {"aggregate.history"}
    assert daily.get_task("aggregate.run").upstream_task_ids == {"aggregate.approve"}


def test_a_run_that_may_have_to_ask_keeps_its_day_closed_from_its_gates_on(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    said, approve = list[tuple[bool, str | None]](), Run.approve

    def approving(run: Run) -> None:
        said.append(quality.is_open(run.day, Lake(desk.data)))
        approve(run)

    monkeypatch.setattr(Run, "approve", approving)
    ended = desk.run(approval=True)
    assert said == [(False, "history gate closed: waits for a person's approval")]
    assert ended["aggregate.approve"] == {"skipped"} and ended["publish"] == ended["run"] == {"success"}
