"""A day of 5,000 pages from 100 sources on loopback, with a worker killed in the middle: the ledger reconciles."""

import os
import random
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import yaml

from troopwatch import days, normalize, quality
from troopwatch.lake import Lake
from troopwatch.settings import ROOT, Settings
from troopwatch.tables import LAKE

DAY = date(2022, 3, 1)
SOURCES, PAGES, GONE_EVERY = 100, 50, 25
WORKERS = 4
KILLED_AFTER = 900
"""Requests after which the first worker is killed: in the middle of its sources."""
WORDS = [
    "harbour",
    "council",
    "bridge",
    "winter",
    "market",
    "letter",
    "engineer",
    "garden",
    "library",
    "ferry",
    "committee",
    "teacher",
    "valley",
    "station",
    "museum",
    "bakery",
    "window",
    "report",
    "village",
    "season",
    "doctor",
    "railway",
    "festival",
    "painter",
    "budget",
    "captain",
    "orchard",
    "signal",
    "kitchen",
    "lantern",
    "journey",
    "mountain",
    "farmer",
    "island",
    "reader",
    "theatre",
    "weather",
    "holiday",
    "morning",
    "concert",
]
VERBS = [
    "opened",
    "repaired",
    "visited",
    "described",
    "painted",
    "measured",
    "closed",
    "counted",
    "crossed",
    "welcomed",
    "watched",
    "remembered",
]


def prose(seed: str) -> str:
    """Four paragraphs of plain English, different for every seed."""
    pick = random.Random(seed)
    said = [
        f"The {pick.choice(WORDS)} of the {pick.choice(WORDS)} {pick.choice(VERBS)} the {pick.choice(WORDS)} "
        f"after {pick.randint(2, 90)} years, and the {pick.choice(WORDS)} {pick.choice(VERBS)} a {pick.choice(WORDS)}."
        for _ in range(12)
    ]
    return "".join(f"<p>{' '.join(said[n : n + 3])}</p>" for n in range(0, 12, 3))


def page(host: str, number: int) -> bytes:
    title = f"Notes from {host}, number {number}"
    stamp = '<meta property="article:published_time" content="2022-03-01T10:00:00Z">'
    head = f"<html lang=en><head><title>{title}</title>{stamp}</head>"
    return f"{head}<body><article><h1>{title}</h1>{prose(f'{host}/{number}')}</article></body></html>".encode()


def feed(host: str) -> bytes:
    items = "".join(
        f"<item><title>Note {n}</title><link>http://{host}/page/{n}</link>"
        "<pubDate>Tue, 01 Mar 2022 10:00:00 GMT</pubDate></item>"
        for n in range(PAGES)
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{items}</channel></rss>'.encode()


class Outlets(ThreadingHTTPServer):
    """All outlets, told apart by their host name; every 25th page of each is gone."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked = 0
        self.in_the_middle = threading.Event()

    def answer(self, host: str, path: str) -> bytes | None:
        self.asked += 1
        if self.asked >= KILLED_AFTER:
            self.in_the_middle.set()
        if path == "/feed.xml":
            return feed(host)
        number = int(path.rpartition("/")[2]) if path.startswith("/page/") else 0
        return page(host, number) if path.startswith("/page/") and number % GONE_EVERY else None


class Handler(BaseHTTPRequestHandler):
    server: Outlets

    def do_GET(self) -> None:
        body = self.server.answer(self.headers["Host"], self.path)
        self.send_response(200 if body else 404)
        self.send_header("Content-Length", str(len(body or b"")))
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, *_: object) -> None:
        """Silent: `Outlets.asked` counts."""


@contextmanager
def serving() -> Iterator[Outlets]:
    made = Outlets()
    thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield made
    finally:
        made.shutdown()
        made.server_close()
        thread.join()


def write_sources(folder: Path) -> list[str]:
    names = [f"outlet_{n:03}" for n in range(SOURCES)]
    (folder / "busy").mkdir(parents=True)
    for name in names:
        url = f"http://{name.replace('_', '-')}.example/feed.xml"
        spec = {"name": name, "title": name, "kind": "feed", "url": url, "articles": {"floor": 10, "ceiling": 60}}
        (folder / "busy" / f"{name}.yaml").write_text(yaml.safe_dump(spec))
    return names


def worker(names: list[str], environment: dict[str, str]) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "troopwatch", "scrape", "--date", str(DAY), "--sources", ",".join(names)]
    return subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def environment_of(settings: Settings) -> dict[str, str]:
    now = days.end(DAY) + timedelta(minutes=30)
    return os.environ | {
        "PYTHONPATH": str(ROOT / "include"),
        "TROOPWATCH_DATA": str(settings.data),
        "TROOPWATCH_SOURCES": str(settings.sources),
        "TROOPWATCH_CONNECT_TO": settings.connect_to,
        "TROOPWATCH_PAUSE": "0",
        "TROOPWATCH_NOW": now.isoformat(),
    }


def test_a_busy_day_with_a_killed_worker_reconciles(tmp_path: Path) -> None:
    names = write_sources(tmp_path / "sources")
    shares = [names[n::WORKERS] for n in range(WORKERS)]
    with serving() as outlets:
        settings = Settings(
            data=tmp_path / "data",
            sources=tmp_path / "sources",
            connect_to=f"*.example=127.0.0.1:{outlets.server_port}",
            pause=0,
        )
        environment = environment_of(settings)
        running = [worker(share, environment) for share in shares]
        assert outlets.in_the_middle.wait(300)
        running[0].send_signal(signal.SIGKILL)
        assert [process.wait(300) for process in running] == [-signal.SIGKILL, 0, 0, 0]
        before = outlets.asked
        assert worker(shares[0], environment).wait(300) == 0
        assert 0 < outlets.asked - before < SOURCES * (PAGES + 2) - before + 60  # the rest, and little of it twice
    _reconciles(settings, names)


def _reconciles(settings: Settings, names: list[str]) -> None:
    lake = Lake(settings.data)
    gone = len(range(0, PAGES, GONE_EVERY))
    ledger = lake.rows(LAKE["ledger"], DAY)
    assert sorted(r["source"] for r in ledger) == names
    assert {r["outcome"] for r in ledger} == {"captured"}
    fetches = [f for f in lake.rows(LAKE["fetches"], DAY) if f["role"] == "page"]
    ended = {f["url"]: f["outcome"] for f in fetches}
    assert len(ended) == SOURCES * PAGES
    assert Counter(ended.values()) == {"stored": SOURCES * (PAGES - gone), "failed": SOURCES * gone}
    assert Counter(f["url"] for f in fetches if f["outcome"] == "stored").most_common(1)[0][1] == 1
    normalize.run(DAY, settings)
    documents = lake.rows(LAKE["documents"], DAY)
    assert len(documents) == SOURCES * (PAGES - gone)
    assert lake.rows(LAKE["quarantine"], DAY) == []
    tallies = lake.rows(LAKE["tallies"], DAY)
    assert sorted(t["source"] for t in tallies) == names
    assert {(t["read"], t["found"], t["repeated"], t["documents"]) for t in tallies} == {
        (PAGES - gone, PAGES - gone, 0, PAGES - gone)
    }
    assert sum(r["responses"] for r in ledger) == sum(t["read"] + t["set_aside"] for t in tallies)
    assert quality.judge(DAY, "documents", settings)["warnings"] == 0
