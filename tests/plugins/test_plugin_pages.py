"""The pages as an app: what is served, what is not, that nothing of it may run, and what the plugin declares."""

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from troopwatch.settings import INCLUDE

ODD = [
    "/..%2fsecret.html",
    "/../secret.html",
    "/%2e%2e/secret.html",
    "/reports/..%2f..%2fsecret.html",
    "/status.json",
    "/no",
    "/reports/troopwatch.duckdb",
    "/%00",
    "/index.html%00",
    "/" + "x" * 5000 + ".html",
    "/days/..%2f..%2fsecret.html",
    "/days/2024-02-30",
    "/days/20241101",
    "/coverage/2024-13",
    "/coverage/%3Cscript%3E",
]
pytestmark = pytest.mark.filterwarnings("default")  # Airflow and FastAPI warn of their own deprecations at import


def policy_of(response: Any) -> dict[str, list[str]]:
    parts = (part.split() for part in response.headers["content-security-policy"].split("; "))
    return {name: values for name, *values in parts}


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/", "Nothing is published yet"),
        ("/index.html", "standing"),
        ("/reports/2024-11-01/", "report"),
        ("/days/2024-11-01", "Not run."),
        ("/coverage/2024-11", "No source was run"),
        ("/sources", "No source has been run yet"),
        ("/stale", "Nothing."),
        ("/kept-editions", "No edition has been made yet."),
        ("/runs/any/any", "1 November 2024"),
        ("/no", "Nothing of that name is published."),
    ],
)
def test_pages_are_shown_and_may_run_nothing(client: Any, path: str, words: str) -> None:
    response = client.get(path)
    assert words in response.text
    policy = policy_of(response)
    assert policy["default-src"] == policy["base-uri"] == policy["form-action"] == ["'none'"]
    assert policy["frame-ancestors"] == ["'self'"]
    allowed = {"allow-same-origin", "allow-downloads", "allow-popups", "allow-popups-to-escape-sandbox"}
    assert set(policy["sandbox"]) == allowed, "with allow-scripts, a page could take the session"
    assert response.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("path", ODD, ids=range(len(ODD)))
def test_nothing_else_is_served(client: Any, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert "secret" not in response.text and "<script" not in response.text


def test_the_duckdb_file_is_there_to_be_downloaded(client: Any) -> None:
    response = client.get("/troopwatch.duckdb")
    assert (response.status_code, response.content) == (200, b"tables")
    assert response.headers["content-type"] == "application/octet-stream"
    assert response.headers["content-disposition"] == 'attachment; filename="troopwatch.duckdb"'


def test_an_edition_can_be_read_and_downloaded_and_one_that_is_being_made_cannot(client: Any, published: Path) -> None:
    for name in ("000001", ".000002"):
        folder = published / "editions" / name
        (folder / "csv").mkdir(parents=True)
        (folder / "index.html").write_text("<h1>edition</h1>")
        (folder / "csv" / "claims.csv").write_text("=cmd")
    assert "edition" in client.get("/editions/000001/").text
    response = client.get("/editions/000001/csv/claims.csv")
    assert response.headers["content-type"] == "application/octet-stream"
    assert response.headers["content-disposition"] == 'attachment; filename="claims.csv"'
    for path in ("/editions/.000002/index.html", "/editions/.000002/csv/claims.csv", "/editions/000001/csv/"):
        assert client.get(path).status_code == 404


def test_a_link_out_of_the_folder_is_not_followed(published: Path) -> None:
    from troopwatch.pages.web import published_file

    (published / "out.html").symlink_to(published.parent / "secret.html")
    assert published_file(published, "out.html") is None
    assert published_file(published, "index.html") == published / "index.html"


def test_a_damaged_status_is_said_and_hides_no_other_page(client: Any, published: Path) -> None:
    (published / "status.json").write_text("{}")
    response = client.get("/")
    assert response.status_code == 503 and "remove it and publish again" in response.text
    assert client.get("/coverage").status_code == 200


def test_only_the_publish_task_and_gates_have_links() -> None:
    from troopwatch_pages import Checks, Report

    def links(task: str, dag: str = "troopwatch_daily") -> list[str]:
        run = SimpleNamespace(dag_id=dag, run_id="manual__2024-11-01T00:00:00+00:00")
        return [link().get_link(SimpleNamespace(task_id=task), ti_key=run) for link in (Report, Checks)]

    name = "troopwatch_daily/manual__2024-11-01T00%3A00%3A00%2B00%3A00"
    assert links("publish") == [f"/troopwatch/run-reports/{name}", ""]
    for gate in ("normalize.gate", "detect.gate", "aggregate.history", "aggregate.gate"):
        assert links(gate) == ["", f"/troopwatch/runs/{name}"], gate
    assert links("detect.run") == links("publish", "another") == ["", ""]


def test_airflow_takes_the_plugin_and_loads_no_page_for_it() -> None:
    """Every task's process reads the plugin: that must stay cheap."""
    ask = (
        "import sys, airflow.plugins_manager as m; plugins, errors = m._get_plugins(); "
        "print([p.name for p in plugins if p.name == 'troopwatch'], errors, "
        "[n for n in ('fastapi', 'duckdb', 'pyarrow', 'jinja2.environment', 'troopwatch.pages', 'troopwatch.lake') "
        "if n in sys.modules and n not in before])"
    )
    before = "import sys, airflow.plugins_manager; before = set(sys.modules); "
    command = [sys.executable, "-W", "ignore", "-c", before + ask]
    around = os.environ | {"PYTHONPATH": str(INCLUDE)}  # as every installation has it
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=around)
    assert done.stdout.splitlines()[-1] == "['troopwatch'] {} []"
