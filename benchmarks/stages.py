"""Articles per second and the share of each stage over the 86 real days, in one process.

`python benchmarks/stages.py FIRST LAST` measures fewer days.
"""

import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

from rich.console import Console
from rich.progress import track
from rich.table import Table

from stretched import FIRST, LAST, NOW
from troopwatch import days
from troopwatch.flow import Run
from troopwatch.settings import Settings

STEPS: dict[str, Callable[[Run], object]] = {
    "scrape": Run.scrape_all,
    "normalize": Run.normalize,
    "gate: documents": Run.judge_documents,
    "detect": Run.detect,
    "gate: mentions": Run.judge_mentions,
    "gate: history": Run.judge_history,
}


class Watch:
    """Seconds by step."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()

    @contextmanager
    def on(self, step: str) -> Iterator[None]:
        began = perf_counter()
        yield
        self.seconds[step] += perf_counter() - began


def main() -> None:
    """Run the days into a temporary folder and print what each step took."""
    console, watch = Console(highlight=False, soft_wrap=True), Watch()
    first, last = (days.parse(word) for word in sys.argv[1:3]) if len(sys.argv) > 2 else (FIRST, LAST)
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data=Path(folder))
        if not (settings.corpus / "state_dept_feed").is_dir():
            sys.exit(f"there are no captures in {settings.corpus}: set TROOPWATCH_CORPUS")
        runs = [Run(day, settings, NOW, "state_dept_feed") for day in days.between(first, last)]
        with watch.on("(first day, with imports)"):
            runs[0].until_detected()
        documents = sum(_day(run, watch) for run in track(runs, "days", console=console))
        _publish(runs, watch)
    _print(console, watch, documents, len(runs))


def _day(run: Run, watch: Watch) -> int:
    """One day's steps; the number of its documents."""
    counts: dict[str, int] = {}
    for name, step in STEPS.items():
        with watch.on(name):
            made = step(run)
        counts |= made if isinstance(made, dict) else {}
    return counts["documents"]


def _publish(runs: list[Run], watch: Watch) -> None:
    with watch.on("aggregate"):
        candidate = runs[0].aggregate()
    with watch.on("gate: edition"):
        runs[0].judge_edition(candidate)
    with watch.on("publish"):
        runs[0].publish_all(candidate, [run.day for run in runs])


def _print(console: Console, watch: Watch, documents: int, count: int) -> None:
    warm = {name: seconds for name, seconds in watch.seconds.items() if not name.startswith("(")}
    total = sum(warm.values())
    table = Table("step", "seconds", "share", "articles/s")
    for name, seconds in warm.items():
        table.add_row(name, f"{seconds:.1f}", f"{seconds / total:.0%}", f"{documents / seconds:,.0f}")
    table.add_row("all", f"{total:.1f}", "100%", f"{documents / total:,.1f}")
    console.print(
        f"{count} days, {documents} articles; the first day with all imports took {watch.seconds.total() - total:.1f} s"
    )
    console.print(table)


if __name__ == "__main__":
    main()
