"""What the published tables cost by the number of mentions, beside pandas and polars, and how long analysts then wait.

The mentions of the 86 real days, 1, 10, 100 and so many times that there are five million of them: each derived table
made by its own SQL; three of the tables by pandas and polars too, which must find the same rows; the downloads, up to
100 times; and every question of include/queries at the largest size. `python benchmarks/aggregates.py TIMES...`
measures other sizes.
"""

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import duckdb
from rich.console import Console
from rich.table import Table

import bench_venv
import many
from stretched import real_days
from troopwatch import sql
from troopwatch.aggregate import stage
from troopwatch.publish import exports
from troopwatch.publish.exports import questions
from troopwatch.tables import PUBLISHED

SIZES = (1, 10, 100, 6_700)
DOWNLOADED = 100
"""The largest size of which all downloads are made: beyond it a workbook has no room for the tables."""
FRAMES = ("daily_deployments", "daily_demands", "demand_matrix")
"""Tables that pandas and polars make too."""


@dataclass(frozen=True)
class Cost:
    """Seconds by table at one size, and the rows that came out."""

    mentions: int
    seconds: dict[str, float]
    rows: dict[str, int]


def main() -> None:
    """Measure and print."""
    console = Console(highlight=False, soft_wrap=True)
    sizes = tuple(int(word) for word in sys.argv[1:]) or SIZES
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        published = real_days(work / "lake", console)
        costs = []
        for times in sizes:
            file = work / f"{times}.duckdb"
            costs.append(_derived(published, file, times))
            _rivals(console, file, work, costs[-1])
            if times <= DOWNLOADED:
                _downloads(console, file, work / f"downloads-{times}", costs[-1].mentions)
        _print(console, costs)
        _ask(console, work / f"{sizes[-1]}.duckdb", costs[-1].mentions)


def _derived(published: Path, file: Path, times: int) -> Cost:
    with many.multiply(published, file, times) as connection:
        seconds = {}
        for name in filter(many.derived, PUBLISHED):
            began = perf_counter()
            stage.fill(connection, name)
            seconds[name] = perf_counter() - began
        rows = {name: stage.count(connection, name) for name in seconds}
        return Cost(sum(stage.count(connection, name) for name in ("deployments", "demands")), seconds, rows)


def _rivals(console: Console, file: Path, work: Path, cost: Cost) -> None:
    """The same tables by pandas and polars, each in a process of its own; reading the rows is not counted."""
    with duckdb.connect(str(file), read_only=True) as connection:
        for name in ("deployments", "demands"):
            connection.execute(f"COPY {name} TO {sql.quoted(work / f'{name}.parquet')} (FORMAT parquet)")
    ours = sum(cost.seconds[name] for name in FRAMES)
    console.print(f"{cost.mentions:,} mentions: {', '.join(FRAMES)} by DuckDB's SQL in {ours:.2f} s")
    for engine, python in (("polars", bench_venv.python_with("polars")), ("pandas", Path(sys.executable))):
        command = [str(python), str(Path(__file__).with_name("frames.py")), engine, str(work)]
        around = {"PATH": os.environ["PATH"]}
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=around)  # noqa: S603 - our own
        if done.returncode:
            console.print(f"  {engine} did not end: {done.stderr.strip().splitlines()[-1:]}")
            continue
        found = json.loads(done.stdout)
        if other := [name for name in FRAMES if found["rows"][name] != cost.rows[name]]:
            sys.exit(f"{engine} finds other rows in {other}: {found['rows']}, ours {cost.rows}")
        console.print(
            f"  {engine}: the same rows in {found['seconds']:.2f} s, {found['seconds'] / ours:.1f} times as long"
        )


def _downloads(console: Console, file: Path, folder: Path, mentions: int) -> None:
    folder.mkdir()
    began = perf_counter()
    exports.write(file, folder, {"edition": 1})
    console.print(f"{mentions:,} mentions: all downloads in {perf_counter() - began:.1f} s")


def _print(console: Console, costs: list[Cost]) -> None:
    table = Table("table", *(f"{cost.mentions:,} mentions" for cost in costs), title="seconds, and rows that came out")
    for name in costs[0].seconds:
        table.add_row(name, *(f"{cost.seconds[name]:.2f}, {cost.rows[name]:,}" for cost in costs))
    table.add_row("all", *(f"{sum(cost.seconds.values()):.2f}" for cost in costs))
    console.print(table)


def _ask(console: Console, file: Path, mentions: int) -> None:
    table = Table("question", "seconds", title=f"what an analyst waits for, of {mentions:,} mentions")
    with duckdb.connect(str(file), read_only=True) as connection:
        for question in questions.all_of():
            began = perf_counter()
            connection.execute(question.sql).fetchall()
            table.add_row(question.path.stem, f"{perf_counter() - began:.2f}")
    console.print(table)


if __name__ == "__main__":
    main()
