"""Pages per second of normalize against the floor of gunzip and parse, and its texts beside other extractors'.

The second part needs the pages of the public article-extraction benchmark in ../shared/eval/articles, and installs
newspaper4k and news-please into .venv-bench. `benchmarks/normalize.py --alone` leaves these two out.
"""

import gzip
import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import mean
from time import perf_counter, process_time

import trafilatura
from rich.console import Console
from rich.table import Table

from bench_venv import python_with
from troopwatch import captures, responses
from troopwatch.normalize import Article, files, html_page, markup, workers
from troopwatch.settings import ROOT, Settings

NOW = datetime(2026, 1, 1, tzinfo=UTC)
ROUNDS = 2
"""Times that the pages are taken for their speed on processes."""
BENCH = ROOT / "benchmarks"
Pages = dict[str, str]


@dataclass(frozen=True)
class Read:
    """What an extractor made of the pages, in how much of the processor's time."""

    name: str
    seconds: float
    bodies: dict[str, str]


def main() -> None:
    """Print both tables; a part whose pages are absent says so."""
    console, settings = Console(highlight=False, soft_wrap=True), Settings()
    pages = settings.corpus / "news_pages.warc.gz"
    if pages.is_file():
        _speed(console, pages)
    else:
        console.print(f"no pages per second: there is no {pages}; set TROOPWATCH_CORPUS")
    articles = settings.corpus.parent / "eval" / "articles"
    if articles.is_dir():
        _bodies(console, articles, alone="--alone" in sys.argv)
    else:
        console.print(f"no comparison of texts: there is no {articles}")


def _speed(console: Console, pages: Path) -> None:
    """Pages per second on 1 process and on 2, against gunzip and parse in one."""
    records = [record for record in captures.read(pages) if isinstance(record, captures.Record)]
    tasks = [files.Page(each.url, pages, each.captured_at, each.offset, each.url) for each in records]
    floor = _rate(lambda: [_parsed(task) for task in tasks], len(tasks))
    table = Table("normalize", "pages/s", "of the floor")
    table.add_row("gunzip and parse", f"{floor:.0f}", "1.00")
    for processes in (1, 2):
        list(workers.each(files.read, tasks, processes, 60))  # the processes are there and warm
        rate = _rate(lambda n=processes: list(workers.each(files.read, tasks * ROUNDS, n, 60)), len(tasks) * ROUNDS)
        table.add_row(f"{processes} process{'es' * (processes > 1)}", f"{rate:.1f}", f"{rate / floor:.2f}")
    console.print(table)


def _parsed(page: files.Page) -> None:
    record = captures.read_at(page.file, page.offset or 0)
    if isinstance(record, captures.Record):
        markup.parse(responses.of(record).body.decode("utf-8", "replace"))


def _rate(work: Callable[[], object], count: int) -> float:
    began = perf_counter()
    work()
    return count / (perf_counter() - began)


def _bodies(console: Console, folder: Path, alone: bool) -> None:
    """F1 of the texts, and the speed, of each extractor in one run."""
    truth = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    pages = {p.name.split(".")[0]: gzip.decompress(p.read_bytes()).decode() for p in (folder / "html").iterdir()}
    ways: dict[str, Callable[[str], str]] = {"troopwatch": _ours, "trafilatura, default": _default}
    made = _in_turn(pages, ways)
    default = made[1]
    made += [] if alone else [_rival(name, folder / "html") for name in ("newspaper4k", "news-please")]
    table = Table(f"texts of {len(truth)} pages", "precision", "recall", "F1", "pages/s", "speed to trafilatura's")
    for read in made:
        scores = score({name: each["articleBody"] for name, each in truth.items()}, read.bodies)
        speed = len(pages) / read.seconds
        ratio = default.seconds / read.seconds
        table.add_row(read.name, *(f"{each:.3f}" for each in scores), f"{speed:.1f}", f"{ratio:.2f}")
    console.print(table)
    console.print("troopwatch reads title, authors, dates and language in that time as well")


def _in_turn(pages: Pages, ways: dict[str, Callable[[str], str]]) -> list[Read]:
    """Each page by one and then the other, so that what else the machine does weighs on both alike."""
    bodies: dict[str, dict[str, str]] = {name: {} for name in ways}
    seconds = dict.fromkeys(ways, 0.0)
    for extract in ways.values():
        extract(next(iter(pages.values())))  # what a first page loads is no part of the speed
    for page, html in pages.items():
        for name, extract in ways.items():
            began = process_time()
            bodies[name][page] = extract(html)
            seconds[name] += process_time() - began
    return [Read(name, seconds[name], bodies[name]) for name in ways]


def _default(html: str) -> str:
    return trafilatura.extract(html) or ""


def _ours(html: str) -> str:
    outcome = html_page(html, "http://page.example/", NOW)
    return outcome.text if isinstance(outcome, Article) else ""


def _rival(name: str, folder: Path) -> Read:
    python = python_with("newspaper")
    done = subprocess.run([python, BENCH / "rivals.py", name, folder], capture_output=True, text=True, check=True)  # noqa: S603 - commands of our own
    return Read(name, **json.loads(done.stdout.splitlines()[-1]))


def score(truth: dict[str, str], read: dict[str, str]) -> tuple[float, float, float]:
    """The benchmark's precision, recall and F1: runs of four words, averaged over the pages."""
    pairs = [_page(_runs(text), _runs(read.get(name, ""))) for name, text in truth.items()]
    precision, recall = (_mean(pair[n] for pair in pairs) for n in (0, 1))
    return precision, recall, 2 * precision * recall / (precision + recall)


def _page(true: Counter[str], read: Counter[str]) -> tuple[float | None, float | None]:
    hit = (true & read).total()
    if true == read:
        return 1.0, 1.0
    return (hit / read.total() if read else None), (hit / true.total() if true else None)


def _runs(text: str) -> Counter[str]:
    words = re.findall(r"\w+", text or "")
    return Counter(" ".join(words[n : n + 4]) for n in range(max(1, len(words) - 3))) if words else Counter()


def _mean(values: Iterable[float | None]) -> float:
    return mean(value for value in values if value is not None)


if __name__ == "__main__":
    main()
