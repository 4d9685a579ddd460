"""What one more day costs in a history of three months, of a year and of ten: its gates, its edition, its publication.

The history is the 86 real days repeated (`stretched`); the day run again is the last one, each step in a process of its
own as Airflow's tasks are, so that nothing is remembered but what lies on the disk. `python benchmarks/history.py
REPETITIONS...` measures other lengths.
"""

import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path
from time import perf_counter

from rich.console import Console
from rich.table import Table

from stretched import NOW, real_days, stretch
from troopwatch.flow import Run
from troopwatch.lake import Lake
from troopwatch.settings import Settings

LENGTHS = (1, 4, 41)
STEPS = ("judge_history", "aggregate", "judge_edition", "publish")


def main() -> None:
    """Measure and print."""
    console = Console(highlight=False, soft_wrap=True)
    lengths = tuple(int(word) for word in sys.argv[1:]) or LENGTHS
    with tempfile.TemporaryDirectory() as folder:
        real_days(Path(folder) / "lake", console)
        found = {}
        for times in lengths:
            data = Path(folder) / f"times-{times}"
            console.print(f"the history repeated {times} times ...")
            days = stretch(Lake(Path(folder) / "lake"), data, times)
            _again(data, days[-1])  # what is there is read for the first time, and a first edition is made
            _change(data, days[-1])
            found[len(days)] = _again(data, days[-1])
    _print(console, found)


def _change(data: Path, day: date) -> None:
    """Detect the day anew: its documents have other ids than when they were read, so all of its mentions change."""
    run = Run(day, Settings(data=data), NOW)
    run.detect()
    run.judge_mentions()


def _again(data: Path, day: date) -> dict[str, float]:
    """Seconds by step of one day's run."""
    seconds, candidate = {}, ""
    for step in STEPS:
        began = perf_counter()
        command = [sys.executable, __file__, "--step", step, str(data), str(day), candidate]
        done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - this file
        seconds[step] = perf_counter() - began
        candidate = done.stdout.strip() if step == "aggregate" else candidate
    return seconds


def _step(step: str, data: str, day: str, candidate: str) -> None:
    made = getattr(Run(date.fromisoformat(day), Settings(data=Path(data)), NOW), step)(
        *([candidate] if candidate else [])
    )
    sys.stdout.write(made if isinstance(made, str) else "")


def _print(console: Console, found: dict[int, dict[str, float]]) -> None:
    table = Table("step", *(f"{days:,} days" for days in found), title="seconds of one more day, imports included")
    for step in STEPS:
        table.add_row(step, *(f"{seconds[step]:.1f}" for seconds in found.values()))
    table.add_row("all", *(f"{sum(seconds.values()):.1f}" for seconds in found.values()))
    console.print(table)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--step"]:
        _step(*sys.argv[2:])
    else:
        main()
