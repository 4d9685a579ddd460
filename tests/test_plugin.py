"""The pages inside Airflow: behind its login, within their folder, and unable to run a script."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

OUTSIDE = ["/..%2fsecret.html", "/../secret.html", "/%2e%2e/secret.html"]
ODD = ["/status.json", "/no", "/reports/troopwatch.duckdb", "/%00", "/index.html%00", "/" + "x" * 5000 + ".html"]
pytestmark = pytest.mark.filterwarnings("default")  # Airflow and FastAPI warn of their own deprecations at import


@pytest.fixture
def published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "published"
    (folder / "reports" / "2024-11-01").mkdir(parents=True)
    (folder / "index.html").write_text("<h1>standing</h1>")
    (folder / "reports" / "2024-11-01" / "index.html").write_text("<h1>report</h1>")
    (folder / "status.json").write_text("{}")
    (folder / "troopwatch.duckdb").write_bytes(b"tables")
    (folder / "reports" / "troopwatch.duckdb").write_bytes(b"another file")
    (tmp_path / "secret.html").write_text("secret")
    monkeypatch.setenv("TROOPWATCH_DATA", str(tmp_path))
    return folder


@pytest.fixture
def client(published: Path) -> Iterator[Any]:
    from airflow.api_fastapi.core_api.security import get_user
    from fastapi.testclient import TestClient

    from troopwatch_pages import app

    app.dependency_overrides[get_user] = lambda: "somebody who is logged in"
    yield TestClient(app)
    app.dependency_overrides.clear()


@pytest.mark.parametrize(("path", "words"), [("/", "standing"), ("/reports/2024-11-01/", "report")])
def test_published_pages_are_shown_and_may_run_nothing(client: Any, path: str, words: str) -> None:
    response = client.get(path)
    assert response.status_code == 200 and words in response.text
    policy = response.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "sandbox" in policy and "allow-scripts" not in policy


@pytest.mark.parametrize(
    "path", ["/..%2fsecret.html", "/../secret.html", "/%2e%2e/secret.html", "/status.json", "/no", *ODD]
)
def test_nothing_else_is_served(client: Any, path: str) -> None:
    assert client.get(path).status_code == 404


def test_the_duckdb_file_is_there_to_be_downloaded(client: Any) -> None:
    response = client.get("/troopwatch.duckdb")
    assert (response.status_code, response.content) == (200, b"tables")
    assert response.headers["content-type"] == "application/octet-stream"
    assert response.headers["content-disposition"] == 'attachment; filename="troopwatch.duckdb"'


def test_links_to_outlets_can_be_followed(client: Any) -> None:
    from troopwatch_pages import TroopwatchPages

    policy = client.get("/").headers["content-security-policy"]
    (sandbox,) = (part.split()[1:] for part in policy.split("; ") if part.startswith("sandbox"))
    assert sandbox == ["allow-downloads", "allow-popups", "allow-popups-to-escape-sandbox"]
    assert all("url_route" not in view for view in TroopwatchPages.external_views), "Airflow's frames allow no popups"


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_nobody_may_write(client: Any, method: str) -> None:
    assert getattr(client, method)("/index.html").status_code == 405


def test_a_link_out_of_the_folder_is_not_followed(published: Path) -> None:
    from troopwatch_pages import published_file

    (published / "out.html").symlink_to(published.parent / "secret.html")
    assert published_file(published, "out.html") is None
    assert published_file(published, "index.html") == published / "index.html"


def test_who_is_not_logged_in_sees_nothing(published: Path) -> None:
    from airflow.api_fastapi.core_api.security import get_user

    from troopwatch_pages import app

    assert [dependency.dependency for dependency in app.router.dependencies] == [get_user]
