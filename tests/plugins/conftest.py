"""Airflow on SQLite in a folder of its own, its real API app with the plugin, and credentials of several users."""

import os
import shutil
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from plugin_house import furnish

ROOT = Path(__file__).resolve().parents[2]
if "troopwatch-airflow-" not in os.environ.get("AIRFLOW_HOME", ""):  # else the tests of the DAGs have set one already
    os.environ["AIRFLOW_HOME"] = tempfile.mkdtemp(prefix="troopwatch-airflow-")
os.environ |= {
    "AIRFLOW__CORE__DAGS_FOLDER": str(ROOT / "dags"),
    "AIRFLOW__CORE__PLUGINS_FOLDER": str(ROOT / "plugins"),
    "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
    "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
    "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS": "root:admin,ana:viewer",
    "AIRFLOW__API_AUTH__JWT_SECRET": "of the tests alone, and as long as Airflow asks a secret to be, which is 64",
}


def pytest_sessionfinish() -> None:
    shutil.rmtree(os.environ["AIRFLOW_HOME"], ignore_errors=True)


@pytest.fixture
def published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with published files, beside one that is nobody's business."""
    folder = tmp_path / "published"
    (folder / "reports" / "2024-11-01").mkdir(parents=True)
    (folder / "index.html").write_text("<h1>standing</h1>")
    (folder / "reports" / "2024-11-01" / "index.html").write_text("<h1>report</h1>")
    (folder / "status.json").write_text('{"latest": null, "reason": null, "serial": 0, "stale_since": null}')
    (folder / "troopwatch.duckdb").write_bytes(b"tables")
    (folder / "reports" / "troopwatch.duckdb").write_bytes(b"another file")
    (tmp_path / "secret.html").write_text("secret")
    monkeypatch.setenv("TROOPWATCH_DATA", str(tmp_path))
    return folder


@pytest.fixture
def client(published: Path) -> Any:
    """The pages alone, asked by somebody who may read them."""
    from fastapi.testclient import TestClient

    from troopwatch.pages import web

    noon = datetime(2024, 11, 5, 12, tzinfo=UTC)
    host = web.Host(lambda: None, lambda: None, lambda *_: date(2024, 11, 1), lambda: noon)
    return TestClient(web.make(host))


@pytest.fixture(scope="session")
def airflow_app() -> Any:
    """Airflow's own app, with the DAGs and two runs of the daily one in its database."""
    return furnish(ROOT / "dags")
