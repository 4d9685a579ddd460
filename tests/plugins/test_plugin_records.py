"""Airflow's records of old runs go after upkeep, and only where it is said; the last scheduled run stays."""

from collections.abc import Iterator
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

pytestmark = pytest.mark.filterwarnings("default")  # Airflow warns of its own deprecations at import
OLD = [datetime(2001, 1, n, tzinfo=UTC) for n in (1, 2)]
FEEDS = "troopwatch_feeds"


def runs_of_feeds() -> list[str]:
    from airflow.models.dagrun import DagRun
    from airflow.utils.session import create_session
    from sqlalchemy import select

    with create_session() as session:
        return list(session.scalars(select(DagRun.run_id).where(DagRun.dag_id == FEEDS).order_by(DagRun.run_id)))


@pytest.fixture
def old_runs(airflow_app: Any) -> Iterator[list[str]]:
    """Two scheduled runs of another of our DAGs, of long ago."""
    from airflow.models.dagrun import DagRun
    from airflow.models.serialized_dag import SerializedDagModel
    from airflow.utils.session import create_session
    from airflow.utils.state import DagRunState
    from airflow.utils.types import DagRunTriggeredByType, DagRunType
    from sqlalchemy import delete

    with create_session() as session:
        dag = SerializedDagModel.get_dag(FEEDS, session=session)
        for when in OLD:
            run = dag.create_dagrun(
                run_id=f"scheduled__{when.isoformat()}",
                logical_date=when,
                run_after=when,
                run_type=DagRunType.SCHEDULED,
                state=DagRunState.SUCCESS,
                triggered_by=DagRunTriggeredByType.TEST,
                session=session,
            )
            run.start_date = when
    yield runs_of_feeds()
    with create_session() as session:
        session.execute(delete(DagRun).where(DagRun.dag_id == FEEDS))


def test_only_the_end_of_upkeep_cleans_and_only_where_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    import troopwatch_records as records

    started: list[list[str]] = []
    monkeypatch.setattr(records, "clean", started.append)
    upkeep, daily = SimpleNamespace(dag_id=records.UPKEEP), SimpleNamespace(dag_id="troopwatch_daily")
    assert records.clean_after(upkeep) is None
    monkeypatch.setenv("TROOPWATCH_KEEP_RECORD_DAYS", "365")
    assert records.clean_after(daily) is None
    thread = records.clean_after(upkeep)
    assert thread is not None
    thread.join()
    assert [arguments[:2] for arguments in started] == [["db", "clean"]]


def test_old_runs_go_and_the_last_one_stays(old_runs: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    import troopwatch_records as records

    monkeypatch.setenv("TROOPWATCH_KEEP_RECORD_DAYS", "365")
    assert len(old_runs) == 2
    thread = records.clean_after(SimpleNamespace(dag_id=records.UPKEEP))
    assert thread is not None
    thread.join()
    assert runs_of_feeds() == old_runs[1:]


def test_runs_of_others_are_left_alone(old_runs: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    import troopwatch_records as records
    from troopwatch import retention

    monkeypatch.setenv("TROOPWATCH_KEEP_RECORD_DAYS", "365")
    monkeypatch.setattr(retention, "DAGS", tuple(dag for dag in retention.DAGS if dag != FEEDS))
    thread = records.clean_after(SimpleNamespace(dag_id=records.UPKEEP))
    assert thread is not None
    thread.join()
    assert runs_of_feeds() == old_runs and len(old_runs) == 2


def test_airflow_knows_the_listener(airflow_app: Any) -> None:
    from airflow.listeners.listener import get_listener_manager

    import troopwatch_records as records

    registered = {plugin.__name__ for plugin in get_listener_manager().pm.get_plugins() if hasattr(plugin, "__name__")}
    assert any(name.endswith(records.__name__) for name in registered)
