"""Who may see the pages, asked of Airflow's own app: its login, its permissions, and nobody writes."""

from pathlib import Path
from typing import Any

import pytest
from plugin_house import DAG, token

PAGES = [
    "/",
    "/coverage",
    "/coverage/2024-11",
    "/sources",
    "/stale",
    "/days/2024-11-01",
    f"/runs/{DAG}/manual__2024-11-01T00%3A00%3A00%2B00%3A00",
    "/index.html",
    "/reports/2024-11-01/index.html",
    "/troopwatch.duckdb",
]
NOWHERE = ["/no", f"/runs/{DAG}/none", "/days/2024-13-01"]
pytestmark = pytest.mark.filterwarnings("default")  # Airflow and FastAPI warn of their own deprecations at import


@pytest.fixture
def ask(airflow_app: Any, published: Path) -> Any:
    """Ask Airflow for a page of the plugin, as a user of a role or as nobody."""
    from fastapi.testclient import TestClient

    client = TestClient(airflow_app, follow_redirects=False)

    def asked(path: str, method: str = "GET", **how: Any) -> Any:
        return client.request(method, f"/troopwatch{path}", **how)

    return asked


def as_(role: str | None) -> dict[str, str]:
    return {"Authorization": f"Bearer {token(role)}"}


@pytest.mark.parametrize("path", PAGES + NOWHERE)
def test_without_a_credential_there_is_nothing(ask: Any, path: str) -> None:
    response = ask(path)
    assert (response.status_code, response.json()) == (401, {"detail": "Not authenticated"})


@pytest.mark.parametrize("path", PAGES + NOWHERE)
def test_a_user_without_a_role_may_not_read(ask: Any, path: str) -> None:
    assert ask(path, headers=as_(None)).status_code == 403


@pytest.mark.parametrize("role", ["viewer", "admin"])
@pytest.mark.parametrize("path", PAGES)
def test_a_viewer_may_read(ask: Any, path: str, role: str) -> None:
    response = ask(path, headers=as_(role))
    assert response.status_code == 200
    assert "allow-scripts" not in response.headers["content-security-policy"]
    assert ask(path, "HEAD", headers=as_(role)).status_code == 200


@pytest.mark.parametrize("path", NOWHERE)
def test_what_is_not_there_is_a_page_that_says_so(ask: Any, path: str) -> None:
    response = ask(path, headers=as_("viewer"))
    assert response.status_code == 404 and "<h1>Not found</h1>" in response.text
    assert "allow-scripts" not in response.headers["content-security-policy"]


def test_the_session_cookie_will_do_and_a_forged_one_will_not(ask: Any) -> None:
    assert ask("/", headers={"Cookie": f"_token={token('viewer')}"}).status_code == 200
    assert ask("/", headers={"Cookie": "_token=forged"}).status_code == 403


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
@pytest.mark.parametrize("path", PAGES)
def test_nobody_may_write(ask: Any, path: str, method: str) -> None:
    assert ask(path, method, headers=as_("admin")).status_code == 405


def test_a_run_leads_to_the_report_of_its_day(ask: Any) -> None:
    run = f"/{DAG}/manual__2024-11-01T00%3A00%3A00%2B00%3A00"
    response = ask(f"/run-reports{run}", headers=as_("viewer"))
    assert (response.status_code, response.headers["location"]) == (307, "../../reports/2024-11-01/index.html")
    assert "1 November 2024" in ask(f"/runs{run}", headers=as_("viewer")).text


@pytest.mark.parametrize(
    ("run", "words"),
    [(f"{DAG}/by~hand", "no logical date"), ("troopwatch_upkeep/x", "for no single day"), (f"{DAG}/x", "no such run")],
)
def test_a_run_that_is_for_no_day_says_so(ask: Any, run: str, words: str) -> None:
    response = ask(f"/runs/{run}", headers=as_("viewer"))
    assert response.status_code == 404 and words in response.text
