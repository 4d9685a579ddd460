"""Scraping 200 hosts on loopback, 20 pages each, at a fixed politeness: against Scrapy with the same settings.

Both obey robots.txt, ask a host for one thing at a time with the same pause, and keep what they fetched: here as WARC
with a ledger, there as lines of JSON. Scrapy lives in a venv of the benchmarks' own.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter

import yaml
from rich.console import Console
from rich.table import Table

from bench_venv import python_with
from troopwatch import days, scrape
from troopwatch.lake import Lake
from troopwatch.settings import Settings
from troopwatch.tables import LAKE

HERE = Path(__file__).parent
HOSTS, PAGES, PAUSE, AT_ONCE = 200, 20, 0.05, 50
DAY = date(2022, 3, 1)


@contextmanager
def outlets() -> Iterator[int]:
    """The server of the outlets, in a process of its own; the port that it listens on."""
    running = subprocess.Popen([sys.executable, HERE / "outlets.py", str(PAUSE)], stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own
    try:
        yield int(running.stdout.readline() if running.stdout else 0)
    finally:
        running.kill()
        running.wait()


def ours(port: int, folder: Path) -> tuple[float, int]:
    """Seconds, and pages stored."""
    names = [f"h{n:03}" for n in range(HOSTS)]
    (folder / "sources" / "all").mkdir(parents=True)
    for name in names:
        spec = {"name": name, "title": name, "kind": "feed", "url": f"http://{name}.example:{port}/feed.xml"}
        (folder / "sources" / "all" / f"{name}.yaml").write_text(yaml.safe_dump(spec | {"articles": {"ceiling": 99}}))
    places = {"data": folder / "data", "sources": folder / "sources"}
    settings = Settings(**places, connect_to=f"*.example=127.0.0.1:{port}")
    now, began = days.end(DAY) + timedelta(minutes=30), perf_counter()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(lambda name: scrape.run(DAY, name, settings, now), names))
    took = perf_counter() - began
    fetched = Lake(settings.data).rows(LAKE["fetches"], DAY)
    return took, sum(f["role"] == "page" and f["outcome"] == "stored" for f in fetched)


def scrapy(port: int, folder: Path) -> tuple[float, int]:
    python = python_with("scrapy")
    words = [python, HERE / "scrapy_spider.py", str(port), str(HOSTS), str(PAUSE), str(folder / "pages.jsonl")]
    began = perf_counter()
    done = subprocess.run(words, check=True, capture_output=True, text=True)  # noqa: S603 - our own
    return perf_counter() - began, json.loads(done.stdout.splitlines()[-1])["pages"]


def main() -> None:
    """Measure one after the other, and print."""
    table = Table("", "pages", "seconds", "pages a second")
    for name, run in (("Troopwatch", ours), ("Scrapy", scrapy)):
        with outlets() as port, tempfile.TemporaryDirectory() as folder:
            took, pages = run(port, Path(folder))
        table.add_row(name, f"{pages} of {HOSTS * PAGES}", f"{took:.1f}", f"{pages / took:.0f}")
    console = Console(highlight=False)
    console.print(table)
    console.print(
        f"{HOSTS} hosts, one request at a time to each, {PAUSE} s between two; {AT_ONCE} hosts at once in ours"
    )


if __name__ == "__main__":
    main()
