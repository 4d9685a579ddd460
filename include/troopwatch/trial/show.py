"""Trials as a table for people, and as JSON for programs."""

import json
from collections.abc import Iterable
from dataclasses import asdict

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from troopwatch.trial.verdict import Trial

COLUMNS = ("name", "reachable", "robots", "items", "parsed", "dated", "canary", "a day", "expected", "verdict")


def show(trials: Iterable[Trial], out: Console) -> None:
    """Print a row for each source, and below the table what is wrong with whom."""
    told, table = list(trials), Table(*COLUMNS)
    for trial in told:
        table.add_row(*_cells(trial))
    out.print(table)
    for trial in told:
        for style, said in (("red", trial.failures), ("yellow", trial.warnings)):
            for words in said:
                out.print(f"[{style}]{trial.name}: {escape(' '.join(words.split()))}[/]")


def as_json(trials: Iterable[Trial]) -> str:
    """A list of objects, one a source, keyed by the names of Trial's fields."""
    return json.dumps([asdict(trial) for trial in trials], indent=2, ensure_ascii=False) + "\n"


def _cells(trial: Trial) -> list[str]:
    rate = "unknown" if trial.per_day is None else f"{trial.per_day:.1f}"
    items = "-" if trial.items is None else str(trial.items)
    parsed, dated = f"{trial.parsed} of {trial.texts}", f"{trial.dated} of {trial.parsed}"
    reachable = "yes" if trial.reachable else "no"
    canary = {None: "-", True: "as it was", False: "changed"}[trial.canary]
    expected = f"{trial.floor} to {trial.ceiling}"
    return [trial.name, reachable, trial.robots, items, parsed, dated, canary, rate, expected, _verdict(trial)]


def _verdict(trial: Trial) -> str:
    if trial.failures:
        return "[red]failed[/]"
    return "[yellow]warning[/]" if trial.warnings else "[green]ok[/]"
