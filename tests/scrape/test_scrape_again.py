"""A day asked for more than once: polls add up, failures are mended, and what is there is left alone."""

import time
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from scrape_helpers import BUSY, DAY, PAGE, Answer, Visit, feed, page, rows, scrape_demo, tree

import newsroom
from troopwatch import captures, days, scrape
from troopwatch.lake import Lake
from troopwatch.scrape import live
from troopwatch.settings import Settings
from troopwatch.tables import LAKE

NOVEMBER_1 = date(2024, 11, 1)
A, B = "http://x.example/a", "http://x.example/b"
ROBOTS = page(b"User-agent: *\nDisallow: /private\n")
EARLY, LATER = days.start(DAY) + timedelta(hours=12), days.end(DAY) + timedelta(hours=3)


def ends(fetches: list[dict[str, object]]) -> list[tuple[str, object]]:
    return [(str(f["url"])[-2:], f["outcome"]) for f in fetches if f["role"] == "page"]


def test_polls_through_the_day_add_up_and_fetch_nothing_twice(tmp_path: Path) -> None:
    clock = [days.start(NOVEMBER_1) + timedelta(hours=12)]
    with newsroom.serve(lambda: clock[0]) as served:
        settings = Settings(data=tmp_path, connect_to=served.connect_to, pause=0)
        for hour in (12, 20, 21):
            clock[0] = days.start(NOVEMBER_1) + timedelta(hours=hour)
            scrape.poll(NOVEMBER_1, "narae_wire", settings, clock[0])
        polled = {f["url"] for f in rows(settings, "fetches", NOVEMBER_1) if f["role"] == "page"}
        clock[0] = days.end(NOVEMBER_1) + timedelta(minutes=30)
        scrape.run(NOVEMBER_1, "narae_wire", settings, clock[0])
        asked = [v.target for v in served.visits if "/news/" in v.target]
    pages = [f["url"] for f in rows(settings, "fetches", NOVEMBER_1) if f["role"] == "page"]
    assert polled and polled < set(pages)
    assert len(pages) == len(set(pages)) == len(set(asked)) == len(asked)


def test_a_poll_leaves_the_pages_of_the_day_before_to_the_days_run(visit: Visit) -> None:
    answers = {"/list": feed(A, published="Mon, 28 Feb 2022 23:00:00 GMT"), "/a": PAGE}
    _, _, asked = visit(answers, now=EARLY, call=scrape.poll)
    assert "/a" not in asked
    fetches, _, asked = visit(answers)
    assert "/a" in asked and ends(fetches) == [("/a", "stored")]


def test_two_visits_in_one_second_do_not_replace_each_other(visit: Visit) -> None:
    visit({"/list": feed(A), "/a": PAGE}, now=EARLY, call=scrape.poll)
    fetches, _, _ = visit({"/list": feed(A, B), "/b": PAGE}, now=EARLY, call=scrape.poll)
    assert ends(fetches) == [("/a", "stored"), ("/b", "stored")]


def test_a_day_whose_pages_all_failed_is_failed_and_a_later_run_mends_it(visit: Visit) -> None:
    fetches, ledger, _ = visit({"/list": feed(A, B), "/a": BUSY, "/b": BUSY})
    assert (ledger["outcome"], ledger["reason"]) == ("failed", f"{A}: HTTP 503")
    fetches, ledger, _ = visit({"/list": feed(A, B), "/a": PAGE, "/b": BUSY}, now=LATER)
    assert ledger["outcome"] == "captured"
    fetches, ledger, asked = visit({"/list": feed(A, B), "/a": PAGE, "/b": PAGE}, now=LATER + timedelta(hours=3))
    assert asked == ["/robots.txt", "/b"]
    assert ends(fetches)[-1] == ("/b", "stored") and ledger["outcome"] == "captured"
    assert fetches[-1]["listed_at"] == datetime(2022, 3, 1, 10, tzinfo=UTC)


def test_a_page_of_the_day_before_that_fails_does_not_make_the_day_failed(visit: Visit) -> None:
    old = feed(A, published="Mon, 28 Feb 2022 23:00:00 GMT")
    assert visit({"/list": old, "/a": BUSY})[1]["outcome"] == "captured"


@pytest.mark.parametrize("published", ["Wed, 02 Mar 2022 10:00:00 GMT", "Tue, 01 Mar 2022 10:00:00 GMT"])
def test_a_listing_that_names_nothing_for_the_day_is_a_measured_zero(visit: Visit, published: str) -> None:
    links = [A] if "02" in published.split()[1] else []
    _, ledger, _ = visit({"/list": feed(*links, published=published)})
    assert (ledger["outcome"], ledger["reason"]) == ("captured", None)


@pytest.mark.parametrize(
    ("answers", "url"), [({"/a": page(b"", 404)}, A), ({"/robots.txt": ROBOTS}, "http://x.example/private/a")]
)
def test_what_is_gone_or_forbidden_is_not_asked_for_again(
    visit: Visit, tmp_path: Path, answers: dict[str, Answer], url: str
) -> None:
    visit({"/list": feed(url, B), "/b": PAGE} | answers)
    before = tree(tmp_path / "data")
    _, _, asked = visit({"/list": feed(url, B), "/b": PAGE} | answers, now=LATER)
    assert asked == [] and tree(tmp_path / "data") == before


def test_pages_that_the_deadline_cuts_off_have_rows_and_a_later_run_resumes(
    visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(handler: BaseHTTPRequestHandler) -> None:
        time.sleep(0.6)
        PAGE(handler)

    monkeypatch.setattr(live, "DEADLINE", 0.5)
    fetches, _, _ = visit({"/list": feed(A, "http://x.example/s", B), "/a": PAGE, "/s": slow, "/b": PAGE})
    assert [(f["outcome"], f["reason"]) for f in fetches if f["role"] == "page"] == [
        ("stored", None),
        ("failed", "not reached within 0.5 seconds"),
        ("failed", "not reached within 0.5 seconds"),
    ]
    _, ledger, asked = visit({"/s": PAGE, "/b": PAGE}, now=LATER)
    assert sorted(asked) == ["/b", "/robots.txt", "/s"] and ledger["responses"] == 4


def test_pages_of_the_day_itself_come_before_those_of_the_day_before(visit: Visit) -> None:
    dates = {"old": "2022-02-28T10:00:00Z", "new": "2022-03-01T10:00:00Z"}
    urls = "".join(f"<url><loc>http://x.example/{n}</loc><lastmod>{d}</lastmod></url>" for n, d in dates.items())
    _, _, asked = visit({"/list": page(f"<urlset>{urls}</urlset>".encode()), "/old": PAGE, "/new": PAGE}, "sitemap")
    assert asked[-2:] == ["/new", "/old"]


def test_a_damaged_part_of_another_source_does_not_matter(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    for table, part in (("fetches", "narae_wire2@20241101T120000Z"), ("ledger", "narae_wire2")):
        path = lake.path(LAKE[table], NOVEMBER_1, part)
        path.parent.mkdir(parents=True)
        path.write_bytes(b"damaged")
    _, counts = scrape_demo(tmp_path, NOVEMBER_1, "narae_wire")
    assert counts["responses"] == 7 and path.read_bytes() == b"damaged"


def test_a_damaged_own_part_is_made_anew_from_its_captures(tmp_path: Path) -> None:
    settings, counts = scrape_demo(tmp_path, NOVEMBER_1, "narae_wire")
    before = rows(settings, "fetches", NOVEMBER_1)
    lake = Lake(tmp_path)
    for table in ("fetches", "ledger"):
        (part,) = lake.parts(LAKE[table], NOVEMBER_1)
        part.write_bytes(b"damaged")
    _, again = scrape_demo(tmp_path, NOVEMBER_1, "narae_wire", asked_at=days.end(date(2024, 11, 4)))
    made = rows(settings, "fetches", NOVEMBER_1)
    unknown = {"listed_at": None, "reason": "its row was lost and made anew from the WARC file"}
    assert again["responses"] == counts["responses"] and made == [row | unknown for row in before]
    held = tree(tmp_path)
    scrape_demo(tmp_path, NOVEMBER_1, "narae_wire", asked_at=days.end(date(2024, 11, 4)))
    assert tree(tmp_path) == held


def test_damaged_rows_without_captures_say_so(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    path = lake.path(LAKE["fetches"], NOVEMBER_1, "narae_wire@20241101T120000Z")
    path.parent.mkdir(parents=True)
    path.write_bytes(b"damaged")
    settings, _ = scrape_demo(tmp_path, NOVEMBER_1, "narae_wire", asked_at=days.end(date(2024, 11, 4)))
    (ledger,) = rows(settings, "ledger", NOVEMBER_1)
    assert ledger["outcome"] == "no_data" and "narae_wire@20241101T120000Z" in ledger["reason"]


def test_captures_of_a_run_that_was_killed_before_its_rows_are_found_again(visit: Visit, tmp_path: Path) -> None:
    answers = {"/robots.txt": ROBOTS, "/list": feed(A), "/a": PAGE}
    before, _, _ = visit(answers, now=EARLY, call=scrape.poll)
    lake = Lake(tmp_path / "data")
    (part,) = lake.parts(LAKE["fetches"], DAY)
    part.unlink()
    fetches, ledger, asked = visit({"/list": feed(A)}, now=LATER)
    assert "/a" not in asked and ledger["outcome"] == "captured"
    found = [f for f in fetches if f["captured_at"] == before[0]["captured_at"]]
    assert [(f["url"], f["role"]) for f in found] == [(f["url"], f["role"]) for f in before]
    for row in found:
        record = captures.read_at(lake.root / row["warc_file"], row["warc_offset"])
        assert isinstance(record, captures.Record) and record.url == row["url"]


def test_a_run_killed_between_its_captures_and_its_rows_is_completed_and_not_made_again(tmp_path: Path) -> None:
    settings, _ = scrape_demo(tmp_path, NOVEMBER_1, "narae_wire")
    whole = tree(tmp_path)
    (rows_file,) = (tmp_path / "scrape" / "fetches").rglob("*.parquet")
    (warc,) = (tmp_path / "scrape" / "captures").rglob("*.warc.gz")
    part = rows_file.name.removesuffix(".parquet")
    rows_file.replace(warc.with_name(f".{part}.rows"))
    next((tmp_path / "scrape" / "ledger").rglob("*.parquet")).unlink()
    nowhere = Settings(data=settings.data, connect_to="*.example=127.0.0.1:1", pause=0)
    scrape.run(NOVEMBER_1, "narae_wire", nowhere, days.end(NOVEMBER_1) + timedelta(hours=5))
    assert tree(tmp_path) == whole
