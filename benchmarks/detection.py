"""How fast detection is against parsing everything, side by side in one run, and whether the gate costs rows.

The same texts go through (1) `detect`, (2) the same model and rules with every sentence parsed, (3) the bare model over
whole texts. The pages hold more mentions than news does at large: those without one stand beside them, as news that is
about other things. Of the feed every sixth day is read, so that a run stays under four minutes; its pages are read in
full.
"""

import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from time import process_time
from typing import TypeVar

from rich.console import Console
from rich.progress import track
from rich.table import Table

from alone import HARD, cost
from troopwatch import captures, sources
from troopwatch.detect.document import Document, Found, find_all
from troopwatch.detect.reading import parse
from troopwatch.detect.stage import LANGUAGES
from troopwatch.normalize import Article, stage
from troopwatch.settings import Settings, load

T = TypeVar("T")
STEP = 6
"""Every which day of the feed is read."""

MEGABYTES_A_WORKER, MISSED, TIMES = 1000, 1 / 200, 8
"""Goals: memory at most, share of other rows at most, times as fast as parsing everything at least (general news)."""


@dataclass(frozen=True)
class Side:
    """What the three ways took for a set of texts, in processor seconds, and how the rows of two of them differ."""

    name: str
    texts: int
    gated: float
    every: float
    bare: float
    rows: int
    other: int


def main() -> None:
    """Measure and print."""
    console = Console(highlight=False, soft_wrap=True)
    settings = Settings()
    if not settings.corpus.is_dir():
        sys.exit(f"there are no captures in {settings.corpus}: set TROOPWATCH_CORPUS")
    pages = _texts(settings, "news_pages", 1)
    every = list(find_all(pages, gated=False))  # besides, what is loaded at its first use is no part of the speed
    sets = {
        "131 pages": pages,
        "those without a mention": [
            t for t, f in zip(pages, every, strict=True) if not f.deployments and not f.demands
        ],
        f"feed, 1 day in {STEP}": _texts(settings, "state_dept_feed", STEP),
    }
    _print(console, [_side(name, texts) for name, texts in track(sets.items(), "sets", console=console)])
    _print_bounds(console, {"the 131 pages": sets["131 pages"]} | {k: [Document(k, v)] for k, v in HARD.items()})


def _texts(settings: Settings, name: str, step: int) -> list[Document]:
    """The English articles of a source, each text once."""
    source = sources.load(load().sources)[name]
    pattern = source.files.format(day="*") if isinstance(source, sources.Warc) else ""
    files_ = sorted(settings.corpus.glob(pattern))[::step]
    found: dict[str, Document] = {}
    for article in (a for path in files_ for a in _articles(path, source)):
        if article.language in LANGUAGES:
            found.setdefault(article.text, Document(str(len(found)), article.text, article.published.at, source.voice))
    return list(found.values())


def _articles(path: Path, source: sources.Source) -> Iterator[Article]:
    for record in captures.read(path):
        if isinstance(record, captures.Record):
            yield from (o for o in stage.of_record(record, source) if isinstance(o, Article))


def _timed(run: Callable[[], list[T]]) -> tuple[float, list[T]]:
    began = process_time()
    made = run()
    return process_time() - began, made


def _side(name: str, texts: list[Document]) -> Side:
    gated, some = _timed(lambda: list(find_all(texts)))
    every, all_ = _timed(lambda: list(find_all(texts, gated=False)))
    bare, _ = _timed(lambda: [len(doc) for doc in parse.model().pipe(t.text for t in texts)])
    some_rows, all_rows = _rows(some), _rows(all_)
    return Side(name, len(texts), gated, every, bare, len(all_rows), len(some_rows ^ all_rows))


def _rows(found: list[Found]) -> set[str]:
    """Every row as its JSON: a row differs where any column does."""
    rows = [row for f in found for row in (*f.deployments, *f.demands)]
    return {json.dumps(row, default=str, sort_keys=True) for row in rows}


def _print(console: Console, sides: list[Side]) -> None:
    table = Table(
        "texts", "", "detect", "(a) all parsed", "(b) bare model", "times (a)", "times (b)", "rows", "other rows"
    )
    for s in sides:
        speeds = [f"{s.texts / seconds:,.1f}/s" for seconds in (s.gated, s.every, s.bare)]
        ratios = [f"{s.every / s.gated:.1f}", f"{s.bare / s.gated:.1f}"]
        share = f"{s.other} ({s.other / max(1, s.rows):.2%})"
        table.add_row(s.name, str(s.texts), *speeds, *ratios, str(s.rows), share)
    console.print(table)
    console.print("texts a second; (a) parses every sentence, (b) is the model alone over whole texts")
    console.print(f"goals: {TIMES} times (a) on general news, other rows at most {MISSED:.1%}")


def _print_bounds(console: Console, sets: dict[str, list[Document]]) -> None:
    table = Table("in a process of its own", "MB of text", "seconds", "seconds a MB", "peak memory")
    for name, texts in sets.items():
        with tempfile.TemporaryDirectory() as folder:
            took = cost(texts, Path(folder))
        size = sum(len(t.text) for t in texts) / 1e6
        table.add_row(name, f"{size:.1f}", f"{took.seconds:.1f}", f"{took.seconds / size:.1f}", f"{took.peak:,.0f} MB")
    console.print(table)
    console.print(f"goal: a worker under {MEGABYTES_A_WORKER:,} MB")


if __name__ == "__main__":
    main()
