"""Airflow's callbacks as notices: a task that failed for good, a gate that closed, a run that is late."""

import asyncio
import logging
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from airflow.sdk import BaseNotifier
from airflow.sdk.configuration import conf

if TYPE_CHECKING:
    from troopwatch.quality import GateClosedError

LOG = logging.getLogger(__name__)

OFTEN_LATE = (
    "the run has not ended in time: a source that hangs, a pool that is missing, "
    "an approval that nobody has given, or a scheduler that is down"
)


class Notifier(BaseNotifier):
    """Tells people by the ways of `troopwatch.notices`, and leaves the task's end as it is whatever comes of that."""

    def notify(self, context: Mapping[str, Any]) -> None:
        """Of a task's context, with its `exception` where the process lived to tell."""
        from troopwatch import notices

        ti = context["ti"]
        title, error = notices.of_error(context.get("exception"))
        number = "" if ti.map_index is None or ti.map_index < 0 else str(ti.map_index)
        label = getattr(ti, "rendered_map_index", None) or number
        task = f"{ti.task_id} [{label}]" if label else ti.task_id
        day = context.get("ds") or ti.run_id
        _send(title=title, dag=ti.dag_id, day=day, task=task, error=error, where=ti.log_url)


def tell_of_closed(closed: "Iterable[GateClosedError]", context: Mapping[str, Any]) -> None:
    """Of gates of other days that a task closed, which may be green itself; `where` is that task's log."""
    for error in closed:
        Notifier().notify({**context, "ds": str(error.day), "exception": error})


async def late(context: Mapping[str, Any] | None = None) -> None:
    """Of a run that has missed its deadline; called by the triggerer with what Airflow knows of the run."""
    run = (context or {}).get("dag_run", {})
    dag, run_id = str(run.get("dag_id", "troopwatch")), str(run.get("dag_run_id", ""))
    base = str(conf.get("api", "base_url", fallback="http://localhost:8080")).rstrip("/")
    day = str(run.get("logical_date") or run_id)[:10]
    where = f"{base}/dags/{dag}/runs/{run_id}"
    said = {"title": "run is late", "dag": dag, "day": day, "task": "", "error": OFTEN_LATE, "where": where}
    await asyncio.to_thread(_send, **said)


def _send(**said: str) -> None:
    """Send a notice. A setting that is wrong is a line in the log, as a server that is down is."""
    from troopwatch import notices, settings

    try:
        loaded = settings.load()
    except settings.SettingError as wrong:
        LOG.error("no notice, for a setting is wrong: %s", wrong)
        return
    notices.send(notices.Notice(**said), loaded)
