"""Collections of WARC files with a dated listing: fetched from a server, or read where they lie."""

import gzip
from datetime import date, datetime, timedelta
from hashlib import sha256
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from time import sleep
from typing import Any

import pytest
from filelock import FileLock, Timeout
from scrape_helpers import BUSY, DAY, Answer, page, rows, server, tree

from troopwatch import captures, days, scrape
from troopwatch.captures import Record
from troopwatch.settings import Settings

SPEC = "name: x\ntitle: X\nkind: warc\n{}\narticles: {{floor: 0, ceiling: 50}}\n"
LISTING = "http://data.example/crawl/{year}/{month}/warc.paths.gz"
NOW, LATER = days.end(DAY) + timedelta(minutes=30), days.end(DAY) + timedelta(hours=5)
BLOCK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>x</html>"
BEFORE, MORNING, NEXT = (
    f"crawl/2022/CC-NEWS-{stamp}.warc.gz" for stamp in ("20220228230000-1", "20220301100000-2", "20220302000000-3")
)
LISTED = {"/crawl/2022/03/warc.paths.gz": page(gzip.compress("\n".join([NEXT, BEFORE, MORNING]).encode(), mtime=0))}
Files = dict[str, bytes]


def record(url: str, when: datetime) -> Record:
    return Record(f"http://{url}", when, BLOCK)


@pytest.fixture
def files(tmp_path: Path) -> Files:
    """Three files: one reaches into the day, one is of it, and one begins after it."""
    start = days.start(DAY)
    held = {
        BEFORE: [record("a.example/old", start - timedelta(minutes=9)), record("a.example/1", start)],
        MORNING: [
            record("b.example/2", start + timedelta(hours=11)),
            record("m.a.example/3", days.end(DAY) - days.ONE),
        ],
        NEXT: [record("a.example/4", days.end(DAY))],
    }
    made = {}
    for name, records in held.items():
        path = tmp_path / "corpus" / "mirror" / name
        with captures.writing(path) as writer:
            for each in records:
                writer.write(each)
        made[name] = path.read_bytes()
    return made


def settings_of(tmp_path: Path, spec: str, connect_to: str = "*.example=127.0.0.1:1") -> Settings:
    folder = tmp_path / "sources" / "group"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "x.yaml").write_text(SPEC.format(spec))
    places = {"data": tmp_path / "data", "sources": folder.parent, "corpus": tmp_path / "corpus"}
    return Settings(**places, connect_to=connect_to, pause=0)


def run(
    tmp_path: Path, answers: dict[str, Answer], more: str = "", now: datetime = NOW, day: date = DAY
) -> tuple[list[dict[str, Any]], dict[str, Any], list[str]]:
    with server(answers) as (connect_to, asked):
        settings = settings_of(tmp_path, f"listing: {LISTING}\n{more}", connect_to)
        scrape.run(day, "x", settings, now)
    return rows(settings, "fetches", day), rows(settings, "ledger", day)[0], asked


def served(files: Files) -> dict[str, Answer]:
    return LISTED | {f"/{name}": page(content) for name, content in files.items()}


def pages(fetches: list[dict[str, Any]]) -> list[str]:
    return [f["url"].removeprefix("http://") for f in fetches if f["role"] == "page" and f["outcome"] == "stored"]


def test_the_files_of_the_day_are_fetched_and_its_records_copied(tmp_path: Path, files: Files) -> None:
    fetches, ledger, asked = run(tmp_path, served(files))
    assert asked == ["/robots.txt", "/crawl/2022/03/warc.paths.gz", f"/{BEFORE}", f"/{MORNING}"]
    assert pages(fetches) == ["a.example/1", "b.example/2", "m.a.example/3"]
    copied = {f["url"]: (f["bytes"], f["payload_sha256"]) for f in fetches if f["outcome"] == "copied"}
    digests = {name: (len(files[name]), sha256(files[name]).hexdigest()) for name in (BEFORE, MORNING)}
    assert copied == {f"http://data.example/{name}": value for name, value in digests.items()}
    assert (ledger["outcome"], ledger["copied"], ledger["responses"], ledger["failures"]) == ("captured", 2, 4, 0)
    for row in (f for f in fetches if f["role"] == "page"):
        found = captures.read_at(tmp_path / "data" / row["warc_file"], row["warc_offset"])
        assert isinstance(found, Record) and (found.url, found.block) == (row["url"], BLOCK)
    assert not list((tmp_path / "data").rglob("*.tmp"))


def test_a_replay_needs_no_network(tmp_path: Path, files: Files) -> None:
    run(tmp_path, served(files))
    before = tree(tmp_path / "data")
    assert run(tmp_path, {}, now=LATER)[2] == [] and tree(tmp_path / "data") == before


def test_a_file_that_fails_is_fetched_by_a_later_run_and_nothing_twice(tmp_path: Path, files: Files) -> None:
    fetches, ledger, _ = run(tmp_path, served(files) | {f"/{MORNING}": BUSY})
    assert pages(fetches) == ["a.example/1"] and (ledger["copied"], ledger["failed_http"]) == (1, 1)
    fetches, ledger, asked = run(tmp_path, served(files), now=LATER)
    assert f"/{BEFORE}" not in asked and pages(fetches) == ["a.example/1", "b.example/2", "m.a.example/3"]
    assert ledger["copied"] == 2


def test_files_keep_to_the_crawl_delay(tmp_path: Path, files: Files, slept: list[float]) -> None:
    robots = {"/robots.txt": page(b"User-agent: *\nCrawl-delay: 5\n")}
    fetches, _, asked = run(tmp_path, served(files) | robots)
    after_each_head_and_each_body = [5.0] * 4
    assert asked[1:] == ["/crawl/2022/03/warc.paths.gz", f"/{BEFORE}", f"/{MORNING}"]
    assert [s for s in slept if s] == [5.0, *after_each_head_and_each_body]
    assert len(pages(fetches)) == 3


@pytest.mark.parametrize(("asks_for", "waits"), [("20", [20.0]), ("3600", [])])
def test_a_busy_host_of_files_is_given_the_time_it_asks_for(
    tmp_path: Path, files: Files, slept: list[float], asks_for: str, waits: list[float]
) -> None:
    fetches, _, asked = run(tmp_path, served(files) | {f"/{BEFORE}": page(b"", 503, Retry_After=asks_for)})
    assert [s for s in slept if s] == waits
    assert (f"/{MORNING}" in asked) is bool(waits)
    busy, next_one = ((f["outcome"], f["reason"] or "") for f in fetches if f["role"] == "archive")
    assert busy == ("failed", "HTTP 503, or not as it is stored")
    assert next_one[0] == ("copied" if waits else "failed") and ("left alone" in next_one[1]) is not bool(waits)


def held(locks: Path) -> int:
    """How many turns somebody has at the moment."""
    return sum(not is_free(path) for path in locks.iterdir())


def is_free(path: Path) -> bool:
    lock = FileLock(path)
    try:
        lock.acquire(blocking=False)
    except Timeout:
        return False
    lock.release()
    return True


def test_the_turn_of_a_host_ends_with_the_head_of_a_file(tmp_path: Path, files: Files) -> None:
    locks, seen = tmp_path / "data" / ".locks" / "hosts", []

    def slow(handler: BaseHTTPRequestHandler) -> None:
        """Half of the file is sent only when another visit could have its turn."""
        seen.append(held(locks))
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(files[MORNING])))
        handler.end_headers()
        handler.wfile.write(files[MORNING][:100])
        for _ in range(2000):
            if held(locks) < seen[0]:
                break
            sleep(0.01)
        seen.append(held(locks))
        handler.wfile.write(files[MORNING][100:])

    robots = {"/robots.txt": page(b"User-agent: *\nCrawl-delay: 0.01\n")}
    with server(served(files) | robots | {f"/{MORNING}": slow}) as (connect_to, _):
        settings = settings_of(tmp_path, f"listing: {LISTING}", connect_to)
        scrape.run(DAY, "x", settings, NOW)
    assert seen == [2, 1]
    assert len(pages(rows(settings, "fetches", DAY))) == 3


def short(handler: BaseHTTPRequestHandler) -> None:
    """Half of what is promised."""
    handler.send_response(200)
    handler.send_header("Content-Length", "20")
    handler.end_headers()
    handler.wfile.write(b"x" * 10)


@pytest.mark.parametrize(
    ("answer", "more", "reason"),
    [
        (page(b"x" * 1_100_000), "largest: 1", "it is larger than 1 MB"),
        (page(b"", 302, Location="/elsewhere"), "", "HTTP 302, or not as it is stored"),
        (page(b"x", 200, Content_Encoding="gzip"), "", "HTTP 200, or not as it is stored"),
        (short, "", "ClientPayloadError"),
    ],
)
def test_a_file_that_is_not_as_it_should_be_is_a_row_and_leaves_nothing_behind(
    tmp_path: Path, files: Files, answer: Answer, more: str, reason: str
) -> None:
    fetches, _, _ = run(tmp_path, served(files) | {f"/{MORNING}": answer}, more)
    (failed,) = (f for f in fetches if f["outcome"] == "failed")
    assert failed["role"] == "archive" and failed["reason"].startswith(reason) and pages(fetches) == ["a.example/1"]
    assert not list((tmp_path / "data").rglob("*.tmp"))


def test_a_damaged_file_gives_what_is_whole_and_says_what_is_not(tmp_path: Path, files: Files) -> None:
    fetches, ledger, _ = run(tmp_path, served(files | {MORNING: files[MORNING][:-20]}))
    assert pages(fetches) == ["a.example/1", "b.example/2"] and ledger["failed_content"] == 1


def test_only_the_hosts_of_the_spec_are_kept(tmp_path: Path, files: Files) -> None:
    assert pages(run(tmp_path, served(files), "hosts: [a.example]")[0]) == ["a.example/1", "m.a.example/3"]


def test_no_more_files_are_read_than_the_spec_allows(tmp_path: Path, files: Files) -> None:
    fetches, ledger, asked = run(tmp_path, served(files), "most_files: 1")
    assert f"/{MORNING}" not in asked and ledger["failed_limit"] == 1 and pages(fetches) == ["a.example/1"]


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        ({}, "HTTP 404"),
        ({"/crawl/2022/03/warc.paths.gz": page(b"\x1f\x8bbroken")}, "its gzip file is broken"),
        ({"/crawl/2022/03/warc.paths.gz": page(b"CC-NEWS-20229901000000-1.warc.gz")}, "it names no WARC file"),
        (LISTED | {"/robots.txt": page(b"User-agent: *\nDisallow: /")}, "robots.txt forbids it"),
    ],
)
def test_a_listing_that_leads_to_nothing_is_a_failed_day(
    tmp_path: Path, answers: dict[str, Answer], reason: str
) -> None:
    _, ledger, _ = run(tmp_path, answers)
    assert ledger["outcome"] == "failed" and reason in ledger["reason"]


def test_a_mirror_is_read_where_it_lies(tmp_path: Path, files: Files) -> None:
    corpus = tmp_path / "corpus" / "mirror"
    (corpus / "2022-03.paths").write_text("\n".join(files))
    settings = settings_of(tmp_path, "listing: mirror/{year}-{month}.paths\nroot: mirror")
    scrape.run(DAY, "x", settings, NOW)
    fetches = rows(settings, "fetches", DAY)
    assert pages(fetches) == ["a.example/1", "b.example/2", "m.a.example/3"]
    assert [f["url"] for f in fetches if f["role"] == "archive"] == [f"mirror/{BEFORE}", f"mirror/{MORNING}"]


@pytest.mark.parametrize("line", ["../../secret/20220301000000.warc.gz", "/etc/20220301000000.warc.gz"])
def test_a_listing_does_not_lead_out_of_the_corpus(tmp_path: Path, line: str) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "list").write_text(line)
    settings = settings_of(tmp_path, "listing: list")
    scrape.run(DAY, "x", settings, NOW)
    (failed,) = rows(settings, "fetches", DAY)
    assert (failed["outcome"], failed["failure"]) == ("failed", "content") and "corpus folder" in failed["reason"]
