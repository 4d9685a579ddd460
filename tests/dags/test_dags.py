"""The DAGs as Airflow reads and runs them, and what "the day" is in each kind of run."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pendulum
import pytest

import newsroom
from troopwatch import days
from troopwatch.flow import Run
from troopwatch.lake import Lake
from troopwatch.tables import LAKE

# Airflow and what it stands on warn of their own deprecations while they are imported; ours are errors everywhere else.
pytestmark = pytest.mark.filterwarnings("default")

DAY = date(2024, 11, 1)
CONF = {"sources": "narae_wire, harbour_courier", "from_stage": "scrape"}


def utc(day: date) -> datetime:
    return pendulum.instance(days.start(day))


def test_airflow_reads_every_dag_without_an_error(bag: Any) -> None:
    assert bag.import_errors == {}
    assert {"troopwatch_daily", "troopwatch_feeds", "troopwatch_upkeep"} == set(bag.dags)


def test_the_task_groups_carry_the_names_of_the_stages(daily: Any) -> None:
    names = [task.task_id for task in daily.topological_sort()]
    stages = list(dict.fromkeys(name.partition(".")[0] for name in names))
    assert stages == ["scrape", "normalize", "detect", "aggregate", "publish"]
    assert [name for name in names if name.endswith(".gate")] == ["normalize.gate", "detect.gate", "aggregate.gate"]
    last = ["detect.gate", "aggregate.history", "aggregate.approve", "aggregate.run", "aggregate.gate", "publish"]
    assert sorted(last, key=names.index) == last


def test_bad_data_fails_at_once_and_trouble_is_tried_again(bag: Any) -> None:
    from airflow.sdk.definitions.retry_policy import RetryAction

    from troopwatch.lake import LakeError
    from troopwatch.quality import GateClosedError

    policy = bag.dags["troopwatch_daily"].tasks[0].retry_policy
    hopeless = GateClosedError(DAY, "documents", [])
    assert policy.evaluate(hopeless, try_number=1, max_tries=3).action == RetryAction.FAIL
    assert policy.evaluate(LakeError("full"), try_number=1, max_tries=3).action == RetryAction.DEFAULT


def test_a_scheduled_run_is_for_the_day_that_has_just_ended(bag: Any) -> None:
    timetable = _scheduled(bag)
    info = timetable.next_dagrun_info(
        last_automated_data_interval=None,
        restriction=_restriction(utc(DAY)),
    )
    assert info.logical_date == info.data_interval.start == utc(DAY)
    assert info.run_after == utc(DAY + days.ONE)
    assert days.of_run({"ds": info.logical_date.strftime("%Y-%m-%d")}, info.run_after) == DAY


def test_a_manual_run_is_for_its_logical_date(bag: Any) -> None:
    timetable = _scheduled(bag)
    clicked = utc(DAY) + timedelta(hours=15)
    interval = timetable.infer_manual_data_interval(run_after=clicked)
    assert interval.start.date() == DAY - days.ONE, "the interval is a day early: the day must not be taken from it"
    context = {"ds": clicked.strftime("%Y-%m-%d"), "data_interval_start": interval.start}
    assert days.of_run(context, clicked + days.ONE) == DAY
    with pytest.raises(days.NoDayError, match="not over yet"):
        days.of_run(context, clicked)


def test_backfilled_runs_are_for_the_days_asked_for_in_either_direction(daily: Any) -> None:
    from airflow.models import DagRun
    from airflow.models.backfill import ReprocessBehavior, _create_backfill
    from airflow.utils.session import create_session
    from sqlalchemy import select

    asked = {"from_date": utc(date(2022, 3, 1)), "to_date": utc(date(2022, 3, 5)), "max_active_runs": 2}
    rest = {"dag_run_conf": {}, "triggering_user_name": "test", "reprocess_behavior": ReprocessBehavior.NONE}
    backfill = _create_backfill(dag_id=daily.dag_id, reverse=True, **asked, **rest)
    with create_session() as session:
        runs = session.scalars(select(DagRun).where(DagRun.backfill_id == backfill.id)).all()
        found = sorted(
            days.of_run({"ds": run.logical_date.strftime("%Y-%m-%d")}, utc(date(2022, 4, 1))) for run in runs
        )
        assert all(run.logical_date == run.data_interval_start for run in runs)
    assert found == days.between(date(2022, 3, 1), date(2022, 3, 5))


def test_a_red_day_can_be_run_again_before_its_deadline(bag: Any) -> None:
    """Not with Airflow's own reference to when a run was queued (apache/airflow#70368)."""
    from airflow.models import DagRun
    from airflow.models.backfill import Backfill, ReprocessBehavior, _create_backfill
    from airflow.models.deadline import Deadline
    from airflow.utils.session import create_session
    from airflow.utils.state import DagRunState
    from sqlalchemy import select

    asked = {"from_date": utc(date(2024, 2, 2)), "to_date": utc(date(2024, 2, 3)), "max_active_runs": 1}
    rest = {"reverse": False, "dag_run_conf": {}, "triggering_user_name": "test"}
    dag_id = bag.dags["troopwatch_upkeep"].dag_id
    of_day = select(DagRun).where(DagRun.dag_id == dag_id, DagRun.logical_date.between(*list(asked.values())[:2]))
    for behavior in (ReprocessBehavior.NONE, ReprocessBehavior.FAILED):
        backfill = _create_backfill(dag_id=dag_id, reprocess_behavior=behavior, **asked, **rest)
        with create_session() as session:
            run = session.scalars(of_day).one()
            (due,) = session.scalars(select(Deadline).where(Deadline.dagrun_id == run.id)).all()
            assert due.deadline_time - run.queued_at < timedelta(hours=3, minutes=1)
            assert run.state == DagRunState.QUEUED
            run.state = DagRunState.FAILED
            session.get_one(Backfill, backfill.id).completed_at = pendulum.now("UTC")
    assert run.clear_number == 1


def test_a_run_of_the_newsroom_scrapes_judges_and_publishes_its_day(
    daily: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = days.end(DAY) + timedelta(minutes=30)
    with newsroom.serve(lambda: now) as served:
        for name, value in _environment(tmp_path, now, served.connect_to).items():
            monkeypatch.setenv(f"TROOPWATCH_{name}", value)
        run = daily.test(logical_date=utc(DAY), run_conf=CONF)
    assert run.state == "success"
    ledger = Lake(tmp_path).rows(LAKE["ledger"], DAY)
    assert [row["source"] for row in ledger] == ["harbour_courier", "narae_wire"]
    assert (tmp_path / "published" / "reports" / str(DAY) / "index.html").exists()
    with duckdb.connect(str(tmp_path / "published" / "troopwatch.duckdb"), read_only=True) as connection:
        assert connection.execute("SELECT DISTINCT day FROM coverage").fetchall() == [(DAY,)]


def test_a_source_whose_task_fails_holds_back_no_other(
    daily: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now, scrape = days.end(DAY) + timedelta(minutes=30), Run.scrape

    def killed_for_one(run: Run, source: str) -> dict[str, int]:
        if source == "harbour_courier":
            raise SystemExit("out of memory")
        return scrape(run, source)

    monkeypatch.setattr(Run, "scrape", killed_for_one)
    with newsroom.serve(lambda: now) as served:
        for name, value in _environment(tmp_path, now, served.connect_to).items():
            monkeypatch.setenv(f"TROOPWATCH_{name}", value)
        run = daily.test(logical_date=utc(DAY), run_conf=CONF)
    ended = {(t.task_id, t.map_index): t.state for t in run.get_task_instances()}
    assert sorted(ended["scrape.source", n] for n in (0, 1)) == ["failed", "success"]
    assert ended["publish", -1] == "success"
    assert (tmp_path / "published" / "reports" / str(DAY) / "index.html").exists()


def _environment(data: Path, now: datetime, connect_to: str) -> dict[str, str]:
    return {"DATA": str(data), "NOW": now.isoformat(), "CONNECT_TO": connect_to, "PAUSE": "0"}


def test_a_run_for_a_day_that_is_not_over_fails_and_says_why(
    daily: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("TROOPWATCH_DATA", str(tmp_path))
    monkeypatch.setenv("TROOPWATCH_NOW", (utc(DAY) + timedelta(hours=12)).isoformat())
    assert daily.test(logical_date=utc(DAY)).state == "failed"
    assert not list(tmp_path.iterdir())
    told = [record.getMessage() for record in caplog.records if record.name == "troopwatch.flow"]
    assert told[0].startswith(f"sources: {DAY} is not over yet (UTC): trigger the run with")


@pytest.mark.parametrize(
    ("around", "context", "words"),
    [
        ({}, {"ds": None}, "publish: this run has no logical date"),
        ({"TROOPWATCH_PAUSE": "soon"}, {"ds": str(DAY)}, "publish: TROOPWATCH_PAUSE"),
    ],
)
def test_a_run_that_is_refused_says_why_first(
    around: dict[str, str],
    context: dict[str, Any],
    words: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    from operations.steps import begun
    from troopwatch.errors import HopelessError

    for name, value in around.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(HopelessError):
        begun(Run.of, context | {"params": {}}, "publish")
    (told,) = [record.getMessage() for record in caplog.records if record.name == "troopwatch.flow"]
    assert told.startswith(words)


def _scheduled(bag: Any) -> Any:
    """The timetable as the scheduler has it, read back from the database."""
    from airflow.models.serialized_dag import SerializedDagModel

    return SerializedDagModel.get(bag.dags["troopwatch_daily"].dag_id).dag.timetable


def _restriction(earliest: datetime) -> Any:
    from airflow.timetables.base import TimeRestriction

    return TimeRestriction(earliest=earliest, latest=None, catchup=True)
