"""Airflow's own records are kept for the days that the settings say: after each run of upkeep, what is older goes.

Tasks may not reach Airflow's database. The scheduler may, and it is the scheduler that tells a listener of a run's end.
"""

import logging
import subprocess
import sys
import threading
from datetime import UTC, datetime
from typing import Any

from airflow.listeners import hookimpl
from airflow.plugins_manager import AirflowPlugin

UPKEEP = "troopwatch_upkeep"
log = logging.getLogger(__name__)


@hookimpl
def on_dag_run_success(dag_run: Any, msg: str) -> None:
    """Upkeep is done."""
    clean_after(dag_run)


@hookimpl
def on_dag_run_failed(dag_run: Any, msg: str) -> None:
    """Upkeep is done as well where a source is silent: that makes its run red."""
    clean_after(dag_run)


def clean_after(dag_run: Any) -> threading.Thread | None:
    """Start the cleaning beside the scheduler, which goes on meanwhile; None where there is nothing to do."""
    if dag_run.dag_id != UPKEEP:
        return None
    from troopwatch import retention, settings  # noqa: PLC0415 - every process of Airflow reads this file

    arguments = retention.record_cleaning(settings.load(), datetime.now(UTC))
    if not arguments:
        return None
    thread = threading.Thread(target=clean, args=[arguments], name="troopwatch-records", daemon=True)
    thread.start()
    return thread


def clean(arguments: list[str]) -> None:
    """Run an Airflow command to its end. One that is killed has cleaned some tables; the next one cleans the rest."""
    command = [sys.executable, "-m", "airflow", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - a command of our own
    if done.returncode:
        log.error("Airflow's records could not be cleaned: %s", done.stderr[-2000:])


class TroopwatchRecords(AirflowPlugin):
    """Registers this module as a listener."""

    name = "troopwatch_records"
    listeners = [sys.modules[__name__]]  # noqa: RUF012 - as Airflow declares it
