"""How fast detection is against parsing everything, side by side in one run, and whether the gate costs rows.

The same texts go through (1) `detect`, (2) the same model and rules with every sentence parsed, (3) the bare model over
whole texts. Of the feed every third day is read, so that a run stays under four minutes; its pages are read in full.
"""

import json
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from rich.console import Console
from rich.progress import track
from rich.table import Table

from troopwatch import captures, sources
from troopwatch.detect import files
from troopwatch.detect.document import Document, find_all
from troopwatch.detect.reading import parse
from troopwatch.detect.stage import LANGUAGES
from troopwatch.normalize import Article, stage
from troopwatch.settings import INCLUDE, Settings, load

STEP = 3
"""Every which day of the feed is read."""

MEGABYTES_A_WORKER, MISSED, TIMES = 1000, 1 / 200, 8
"""Goals: memory at most, share of other rows at most, times as fast as parsing everything at least (the pages)."""

LARGE = "The rain fell on the town and nobody minded it much. " * 18 + "France sent 500 soldiers to Mali.\n\n"
HARD = {"5 MB of text": LARGE * 5_100, "a sentence of 20,000 words": "France sent troops to Mali and " * 3_400}


@dataclass(frozen=True)
class Side:
    """What the three ways took for one set of texts, in seconds, and how the rows of two of them differ."""

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
    sets = {
        "131 pages": _texts(settings, "news_pages", 1),
        f"feed, 1 day in {STEP}": _texts(settings, "state_dept_feed", STEP),
    }
    list(find_all([Document("first", HARD["a sentence of 20,000 words"][:300])]))
    _print(console, [_side(name, texts) for name, texts in track(sets.items(), "sets", console=console)])
    _print_bounds(console, {"the 131 pages": sets["131 pages"]} | {k: [Document(k, v)] for k, v in HARD.items()})


def _texts(settings: Settings, name: str, step: int) -> list[Document]:
    """The English articles of a source, each text once."""
    source = sources.load(load().sources)[name]
    files_ = sorted(settings.corpus.glob(getattr(source, "files", "")))[::step]
    found: dict[str, Document] = {}
    for article in (a for path in files_ for a in _articles(path, source)):
        if article.language in LANGUAGES:
            found.setdefault(article.text, Document(str(len(found)), article.text, article.published.at, source.voice))
    return list(found.values())


def _articles(path: Path, source: sources.Source) -> Iterator[Article]:
    for record in captures.read(path):
        if isinstance(record, captures.Record):
            yield from (o for o in stage.of_record(record, source) if isinstance(o, Article))


def _timed(run: Callable[[], list[object]]) -> tuple[float, list[object]]:
    began = perf_counter()
    made = run()
    return perf_counter() - began, made


def _side(name: str, texts: list[Document]) -> Side:
    gated, some = _timed(lambda: list(find_all(texts)))
    every, all_ = _timed(lambda: list(find_all(texts, gated=False)))
    bare, _ = _timed(lambda: [len(doc) for doc in parse.model().pipe(t.text for t in texts)])
    some_rows, all_rows = _rows(some), _rows(all_)
    return Side(name, len(texts), gated, every, bare, len(all_rows), len(some_rows ^ all_rows))


def _rows(found: list[object]) -> set[str]:
    """Every row as its JSON: a row differs where any column does."""
    rows = [row for f in found for row in (*f.deployments, *f.demands)]  # type: ignore[attr-defined]  # of find_all
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
    console.print(f"goals: {TIMES} times (a) on the pages, other rows at most {MISSED:.1%}")


def _print_bounds(console: Console, sets: dict[str, list[Document]]) -> None:
    table = Table("in a process of its own", "MB of text", "seconds", "seconds a MB", "peak memory")
    for name, texts in sets.items():
        seconds, peak = _alone(texts)
        size = sum(len(t.text) for t in texts) / 1e6
        table.add_row(name, f"{size:.1f}", f"{seconds:.1f}", f"{seconds / size:.1f}", f"{peak:,.0f} MB")
    console.print(table)
    console.print(f"goal: a worker under {MEGABYTES_A_WORKER:,} MB")


def _alone(texts: list[Document]) -> tuple[float, float]:
    """Seconds and peak memory of `detect` on these texts in a process of its own, imports left out of the seconds."""
    with tempfile.TemporaryDirectory() as folder:
        lines = [json.dumps({"article_id": t.doc_id, "text": t.text}) for t in texts]
        (Path(folder) / "docs.jsonl").write_text("\n".join(lines), encoding="utf-8")
        command = [sys.executable, __file__, folder]
        done = subprocess.run(command, capture_output=True, text=True, check=True, env={"PYTHONPATH": str(INCLUDE)})  # noqa: S603  # this file
    seconds, peak = done.stdout.split()
    return float(seconds), float(peak)


def _measure(folder: Path) -> None:
    list(find_all([Document("first", "France sent 500 soldiers to Mali.")]))
    began = perf_counter()
    files.convert(folder / "docs.jsonl", folder / "pred.jsonl", progress=lambda lines: lines)
    seconds = perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
    sys.stdout.write(f"{seconds} {peak}")


if __name__ == "__main__":
    _measure(Path(sys.argv[1])) if len(sys.argv) > 1 else main()
