"""Airflow as its users meet it: the app with its UI, the DAGs in its database, runs, and tokens of users by role."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

DAG = "troopwatch_daily"
RUNS = {"manual__2024-11-01T00:00:00+00:00": datetime(2024, 11, 1, tzinfo=UTC), "by~hand": None}
"""Runs by their ids, with their logical dates."""


def furnish(dags: Path) -> Any:
    """Airflow's app, its database ready."""
    from airflow.api_fastapi.app import create_app
    from airflow.dag_processing.bundles.manager import DagBundlesManager
    from airflow.dag_processing.dagbag import DagBag, sync_bag_to_db
    from airflow.utils.db import initdb

    initdb()
    DagBundlesManager().sync_bundles_to_db()
    sync_bag_to_db(DagBag(str(dags)), "dags-folder", None)
    _put_runs()
    return create_app()


def _put_runs() -> None:
    from airflow.models.dag import DagModel
    from airflow.models.dagrun import DagRun
    from airflow.models.serialized_dag import SerializedDagModel
    from airflow.utils.session import create_session
    from airflow.utils.state import DagRunState, TaskInstanceState
    from airflow.utils.types import DagRunTriggeredByType, DagRunType
    from sqlalchemy import select

    with create_session() as session:
        dag = SerializedDagModel.get_dag(DAG, session=session)
        session.scalar(select(DagModel).where(DagModel.dag_id == DAG)).is_paused = False
        for left in session.scalars(select(DagRun).where(DagRun.dag_id == DAG, DagRun.run_id.not_in(RUNS))):
            session.delete(left)  # by tests of the DAGs in the same process, for the same day
        session.flush()
        known = set(session.scalars(select(DagRun.run_id).where(DagRun.dag_id == DAG)))
        for run_id, when in RUNS.items():
            if run_id in known:
                continue
            run = dag.create_dagrun(
                run_id=run_id,
                logical_date=when,
                run_after=when or datetime(2024, 11, 2, tzinfo=UTC),
                run_type=DagRunType.MANUAL,
                state=DagRunState.SUCCESS,
                triggered_by=DagRunTriggeredByType.TEST,
                session=session,
            )
            for task in run.get_task_instances(session=session):
                task.state = TaskInstanceState.SUCCESS


def token(role: str | None) -> str:
    """A token as Airflow gives it to a user of this role; None: of a user whom nobody has given any."""
    from airflow.api_fastapi.app import get_auth_manager
    from airflow.api_fastapi.auth.managers.simple.user import SimpleAuthManagerUser

    return get_auth_manager().generate_jwt(SimpleAuthManagerUser(username=f"a {role}", role=role))


@contextmanager
def served(app: Any) -> Iterator[str]:
    """The app on a port of its own; its address."""
    import uvicorn

    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    (port,) = {socket.getsockname()[1] for one in server.servers for socket in one.sockets}
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(30)
