"""The pages inside Airflow, where lake and published files are in an object store."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from mirror_house import DAY, Bucket

from troopwatch.mirror import showcase


@pytest.fixture
def client(bucket: Bucket, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The pages of a web server of its own, whose cache is empty."""
    from fastapi.testclient import TestClient

    from troopwatch.pages import web

    showcase._of_process.cache_clear()
    monkeypatch.setattr(showcase, "FRESH", 0.0)
    monkeypatch.setenv("TROOPWATCH_DATA", f"s3://{bucket.name}/lake")
    monkeypatch.setenv("TROOPWATCH_CACHE", str(bucket.folder / "server"))
    noon = datetime(2024, 11, 5, 12, tzinfo=UTC)
    return TestClient(web.make(web.Host(lambda: None, lambda: None, lambda *_: date(2024, 11, 1), lambda: noon)))


def test_what_is_published_is_shown_and_what_is_put_up_next_too(bucket: Bucket, client: Any) -> None:
    page = f"published/reports/{DAY}/index.html"
    assert client.get(f"/reports/{DAY}/index.html").status_code == 404
    for words in (b"<h1>first</h1>", b"<h1>second</h1>"):
        bucket.put(page, words)
        assert client.get(f"/reports/{DAY}/index.html").content == words
    bucket.put("published/troopwatch.duckdb", b"tables")
    assert client.get("/troopwatch.duckdb").content == b"tables"
    assert client.get("/").status_code == 200


def test_captures_are_not_brought_to_the_web_server(bucket: Bucket, client: Any) -> None:
    bucket.put(f"scrape/captures/day={DAY}/a.warc.gz", b"pages")
    assert client.get("/coverage").status_code == 200
    assert list((bucket.folder / "server").rglob("*.warc.gz")) == []


def test_a_store_that_cannot_be_used_is_said(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TROOPWATCH_DATA", "s3://nobodys-bucket/lake")
    answer = client.get("/")
    assert answer.status_code == 503 and "there is no such bucket" in answer.text
