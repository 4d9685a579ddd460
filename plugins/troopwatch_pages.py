"""Troopwatch in Airflow's own pages: its place in the navigation, a tab on every run, and links from its tasks.

Airflow reads this file in every one of its processes, tasks included, so it imports nothing but what declares a plugin.
The pages are loaded where and when the first of them is asked for.
"""

from datetime import UTC, date, datetime
from functools import cache
from typing import Any
from urllib.parse import quote, urlsplit

from airflow.configuration import conf
from airflow.plugins_manager import AirflowPlugin
from airflow.sdk import BaseOperatorLink

PREFIX = "/troopwatch"
DAG = "troopwatch_daily"
GATES = {"normalize.gate", "detect.gate", "aggregate.history", "aggregate.gate"}
"""The tasks that judge: to judge a day by its past is one of them."""


async def pages(scope: Any, receive: Any, send: Any) -> None:
    """The pages, as an ASGI app."""
    await app()(scope, receive, send)


@cache
def app() -> Any:
    """The pages behind Airflow's login and permissions: Airflow protects no app of a plugin by itself."""
    from airflow.api_fastapi.auth.managers.models.resource_details import DagAccessEntity  # noqa: PLC0415 - see above
    from airflow.api_fastapi.core_api.security import requires_access_dag  # noqa: PLC0415 - see above

    from troopwatch.pages import web  # noqa: PLC0415 - see above

    may_read = requires_access_dag("GET", param_dag_id=DAG)
    may_read_runs = requires_access_dag("GET", DagAccessEntity.RUN, param_dag_id=DAG)
    return web.make(web.Host(may_read, may_read_runs, day_of_run, lambda: datetime.now(UTC)))


def day_of_run(dag_id: str, run_id: str) -> date:
    """The day that a run is for. Raises HTTPException 404 for a run that is not there or for no day."""
    from airflow.models.dagrun import DagRun  # noqa: PLC0415 - see above
    from airflow.utils.session import create_session  # noqa: PLC0415 - see above
    from fastapi import HTTPException  # noqa: PLC0415 - see above
    from sqlalchemy import select  # noqa: PLC0415 - see above

    if dag_id != DAG:
        raise HTTPException(404, f"A run of {dag_id} is for no single day: look at the runs of {DAG}.")
    with create_session() as session:
        found = session.scalar(select(DagRun).where(DagRun.dag_id == dag_id, DagRun.run_id == run_id))
        when = found.logical_date if found else None
    if when is None:
        raise HTTPException(404, "This run has no logical date, so no day." if found else "There is no such run.")
    return when.astimezone(UTC).date()


def of_run(what: str, run: Any) -> str:
    """Where a page about a run is, also where Airflow itself is served below a path."""
    below = urlsplit(conf.get("api", "base_url", fallback="")).path.rstrip("/")
    return f"{below}{PREFIX}/{what}/{quote(run.dag_id, safe='')}/{quote(run.run_id, safe='')}"


class Report(BaseOperatorLink):
    """From the publish task to the report of its day."""

    name = "Report of the day"

    def get_link(self, operator: Any, *, ti_key: Any) -> str:
        """The report's address; none for every other task."""
        is_ours = (ti_key.dag_id, operator.task_id) == (DAG, "publish")
        return of_run("run-reports", ti_key) if is_ours else ""


class Checks(BaseOperatorLink):
    """From a gate to its checks and what they saw."""

    name = "Checks of the day"

    def get_link(self, operator: Any, *, ti_key: Any) -> str:
        """The page's address; none for a task that is no gate."""
        is_ours = ti_key.dag_id == DAG and operator.task_id in GATES
        return of_run("runs", ti_key) if is_ours else ""


class TroopwatchPages(AirflowPlugin):
    """Registers the pages and what leads to them."""

    name = "troopwatch"
    fastapi_apps = [{"app": pages, "url_prefix": PREFIX, "name": "Troopwatch"}]  # noqa: RUF012 - as Airflow declares it
    external_views = [  # noqa: RUF012 - as Airflow declares it
        # With a url_route it opens in a frame: without one, Airflow 3.3 draws a button that leads nowhere. A frame of
        # Airflow lets no link open a tab, so that outlets are reached from the publish task's link to the report.
        {"name": "Troopwatch", "href": f"{PREFIX}/", "destination": "nav", "url_route": "troopwatch"},
        {
            "name": "Day",
            "href": f"{PREFIX}/runs/{{DAG_ID}}/{{RUN_ID}}",
            "destination": "dag_run",
            "url_route": "troopwatch-day",
        },
    ]
    global_operator_extra_links = [Report(), Checks()]  # noqa: RUF012 - as Airflow declares it
