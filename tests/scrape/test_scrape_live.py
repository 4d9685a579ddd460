"""Live sources, over real HTTP: the newsroom, and servers that misbehave."""

import time
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from scrape_helpers import PAGE, Visit, feed, page, rows, scrape_demo, tree

import newsroom
from troopwatch import captures, days, responses, scrape
from troopwatch.scrape import live, web
from troopwatch.settings import Settings

OCTOBER_31, NOVEMBER_1 = date(2024, 10, 31), date(2024, 11, 1)


def test_a_day_of_the_newsroom_is_captured_byte_for_byte(tmp_path: Path) -> None:
    settings, counts = scrape_demo(tmp_path, NOVEMBER_1, "narae_wire")
    stored = [f for f in rows(settings, "fetches", NOVEMBER_1) if f["outcome"] == "stored"]
    assert counts["responses"] == len(stored) == 7
    for fetch in stored:
        record = captures.read_at(tmp_path / fetch["warc_file"], fetch["warc_offset"])
        assert isinstance(record, captures.Record) and record.url == fetch["url"]
        assert len(responses.of(record).body) >= 20


def test_what_was_published_after_the_day_waits_for_the_next(tmp_path: Path) -> None:
    late = days.end(OCTOBER_31) + timedelta(hours=20)
    settings, _ = scrape_demo(tmp_path, OCTOBER_31, "narae_wire", asked_at=late)
    listed = [f["listed_at"] for f in rows(settings, "fetches", OCTOBER_31) if f["role"] == "page"]
    assert listed and all(when < days.end(OCTOBER_31) for when in listed)


def test_a_page_of_the_day_before_is_fetched_again_so_that_corrections_show(tmp_path: Path) -> None:
    pages = {}
    for day in (OCTOBER_31, NOVEMBER_1):
        settings, _ = scrape_demo(tmp_path, day, "harbour_courier")
        pages[day] = {f["url"]: f["payload_sha256"] for f in rows(settings, "fetches", day) if f["role"] == "page"}
    again = pages[OCTOBER_31].keys() & pages[NOVEMBER_1].keys()
    assert [url for url in again if pages[OCTOBER_31][url] != pages[NOVEMBER_1][url]]


def test_robots_txt_is_obeyed_and_the_refusal_noted(tmp_path: Path) -> None:
    now = days.end(OCTOBER_31) + timedelta(minutes=30)
    with newsroom.serve(lambda: now) as served:
        settings = Settings(data=tmp_path, connect_to=served.connect_to, pause=0)
        scrape.run(OCTOBER_31, "tarnford_post", settings, now)
        assert not [visit for visit in served.visits if "/members/" in visit.target]
    refused = [f for f in rows(settings, "fetches", OCTOBER_31) if f["outcome"] == "refused_by_robots"]
    assert [f["url"] for f in refused] == ["http://tarnfordpost.example/members/briefing-241031.html"]
    assert rows(settings, "ledger", OCTOBER_31)[0]["refused_by_robots"] == 1


def test_a_captured_day_is_replayed_and_not_fetched_again(tmp_path: Path) -> None:
    _, counts = scrape_demo(tmp_path, NOVEMBER_1, "narae_wire")
    before = tree(tmp_path)
    nowhere = Settings(data=tmp_path, connect_to="*.example=127.0.0.1:1", pause=0)
    assert scrape.run(NOVEMBER_1, "narae_wire", nowhere, days.end(NOVEMBER_1) + timedelta(hours=3)) == counts
    assert tree(tmp_path) == before


def test_a_feed_cannot_be_asked_for_the_past_and_says_so(tmp_path: Path) -> None:
    settings, counts = scrape_demo(tmp_path, OCTOBER_31, "narae_wire", asked_at=days.end(date(2024, 11, 4)))
    (row,) = rows(settings, "ledger", OCTOBER_31)
    assert counts["requests"] == 0
    assert (row["outcome"], row["reason"]) == (
        "no_data",
        "a feed serves only the present: 2024-10-31 cannot be fetched again",
    )


def test_an_archive_serves_the_past(tmp_path: Path) -> None:
    settings, _ = scrape_demo(tmp_path, OCTOBER_31, "harbour_courier", asked_at=days.end(date(2024, 11, 4)))
    listings = [f["url"] for f in rows(settings, "fetches", OCTOBER_31) if f["role"] == "listing"]
    assert listings == ["http://www.harbourcourier.example/sitemaps/2024-10-31.xml"]
    assert rows(settings, "ledger", OCTOBER_31)[0]["outcome"] == "captured"


def test_a_dead_source_is_a_row_and_no_error(tmp_path: Path) -> None:
    nowhere = Settings(data=tmp_path, connect_to="*.example=127.0.0.1:1", pause=0)
    scrape.run(NOVEMBER_1, "narae_wire", nowhere, days.end(NOVEMBER_1))
    (row,) = rows(nowhere, "ledger", NOVEMBER_1)
    assert row["outcome"] == "failed" and row["responses"] == 0 and row["reason"]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"this is no XML", "feed"),
        (b"", "feed"),
        (b"<html/>", "feed"),
        (b"<urlset><url><loc>http", "sitemap"),
        (b"<sitemapindex></sitemapindex>", "sitemap"),
    ],
)
def test_a_listing_that_is_none_is_stored_and_noted(visit: Visit, body: bytes, kind: str) -> None:
    fetches, ledger, _ = visit({"/list": page(body)}, kind)
    assert sorted(str(f["outcome"]) for f in fetches if f["role"] == "listing") == ["failed", "stored"]
    assert ledger["failures"] == 1


def test_failures_of_pages_do_not_touch_their_neighbours(visit: Visit) -> None:
    links = [f"http://x.example/{n}" for n in ("gone", "good", "broken", "loop")]
    away = page(b"", 302, Location="/loop")
    fetches, ledger, _ = visit({"/list": feed(*links), "/good": PAGE, "/broken": page(b"", 500), "/loop": away})
    ends = {str(f["url"]).rpartition("/")[2]: (f["outcome"], f["reason"]) for f in fetches if f["role"] == "page"}
    assert ends["good"] == ("stored", None)
    assert ends["gone"] == ("failed", "HTTP 404")
    assert ends["broken"] == ("failed", "HTTP 500")
    assert ends["loop"] == ("failed", "more than 5 redirects")
    assert ledger["outcome"] == "captured" and ledger["failures"] == 3


@pytest.mark.parametrize(
    "link",
    ["http://127.0.0.1:9/x", "http://[::ffff:10.0.0.1]/x", "http://169.254.169.254/meta", "http://localhost/x"],
)
def test_private_addresses_are_never_asked(visit: Visit, link: str) -> None:
    moved = page(b"", 302, Location=link)
    fetches, _, asked = visit({"/list": feed(link, "http://x.example/moved"), "/moved": moved, "/x": PAGE})
    ends = [(f["outcome"], f["url"]) for f in fetches if f["role"] == "page"]
    assert ends == [("failed", link), ("failed", "http://x.example/moved")]
    assert "/x" not in asked and "/meta" not in asked


def test_other_schemes_are_not_followed(visit: Visit) -> None:
    moved = page(b"", 302, Location="file:///etc/passwd")
    fetches, _, _ = visit({"/list": feed("file:///etc/passwd", "http://x.example/moved"), "/moved": moved})
    (only,) = [f for f in fetches if f["role"] == "page"]
    assert (only["outcome"], only["reason"]) == ("failed", "only http and https are fetched")


def test_a_body_without_end_and_a_dripping_server_are_cut_off(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "MAX_BLOCK", 2000)
    monkeypatch.setattr(web, "REQUEST_DEADLINE", 0.5)

    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        try:
            for _ in range(30):
                handler.wfile.write(b"x")
                time.sleep(0.1)
        except OSError:
            return

    links = ["http://x.example/huge", "http://x.example/drip", "http://x.example/good"]
    fetches, _, _ = visit({"/list": feed(*links), "/huge": page(b"x" * 5000), "/drip": drip, "/good": PAGE})
    reasons = {str(f["url"]).rpartition("/")[2]: f["reason"] for f in fetches if f["role"] == "page"}
    assert "larger than" in str(reasons["huge"]) and "no complete answer" in str(reasons["drip"])
    assert reasons["good"] is None


def test_a_listing_without_end_is_cut_and_says_so(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "MAX_PAGES", 2)
    links = [f"http://x.example/{n}" for n in range(5)]
    fetches, _, asked = visit({"/list": feed(*links), "/0": PAGE, "/1": PAGE, "/2": PAGE})
    assert "/2" not in asked
    assert [f["reason"] for f in fetches if f["outcome"] == "failed" and f["role"] == "page"] == [
        "the listing names more than 2 pages"
    ] * 3


def test_a_server_that_forbids_everything_is_left_alone(visit: Visit) -> None:
    fetches, ledger, asked = visit({"/robots.txt": page(b"User-agent: *\nDisallow: /\n"), "/list": feed()})
    assert asked == ["/robots.txt"]
    assert ledger["outcome"] == "failed" and ledger["reason"] == "http://x.example/list: robots.txt forbids it"
    assert len(fetches) == 2
