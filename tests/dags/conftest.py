"""Airflow on SQLite in a folder of its own: its settings are read at import, so they are set before any test runs."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
HOME = tempfile.mkdtemp(prefix="troopwatch-airflow-")
os.environ |= {
    "AIRFLOW_HOME": HOME,
    "AIRFLOW__CORE__DAGS_FOLDER": str(ROOT / "dags"),
    "AIRFLOW__CORE__PLUGINS_FOLDER": str(ROOT / "plugins"),
    "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
    "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
}


def pytest_sessionfinish() -> None:
    shutil.rmtree(os.environ["AIRFLOW_HOME"], ignore_errors=True)


@pytest.fixture(scope="session")
def bag() -> Iterator[Any]:
    """Airflow's own reading of the dags folder, with its database ready for runs and backfills."""
    from airflow.dag_processing.bundles.manager import DagBundlesManager
    from airflow.dag_processing.dagbag import DagBag, sync_bag_to_db
    from airflow.utils.db import initdb

    from operations import pools

    initdb()
    pools.ensure()
    DagBundlesManager().sync_bundles_to_db()
    made = DagBag(str(ROOT / "dags"))
    sync_bag_to_db(made, "dags-folder", None)
    return made


@pytest.fixture
def daily(bag: Any) -> Any:
    """The DAG troopwatch_daily, without retries: a test run would wait for ever on a task that is up for one."""
    from operations.steps import alone

    return alone(bag.dags["troopwatch_daily"])


@pytest.fixture
def desk(daily: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The daily DAG with a data folder of its own, for runs of it."""
    from daily_desk import Desk

    return Desk(daily, tmp_path / "data", monkeypatch)
