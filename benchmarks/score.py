"""Score detection against hand-labelled sentences and print the worst fields with examples.

`python benchmarks/score.py [FILE ...]` scores gold files; without one, all that are at hand: our own sentences, the
development set beside the project, and the sentences of the corpora that can be rebuilt from the captures.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

import yaml
from rich.console import Console
from rich.markup import escape
from rich.table import Table

import labels
from labels import Item
from scoring import Rate, Row, Score, score
from troopwatch.detect.document import find_all
from troopwatch.settings import INCLUDE, ROOT

OWN = ROOT / "tests" / "detect" / "gold"
SHARED = ROOT.parent / "shared" / "eval" / "mentions_dev.jsonl"
FLOORS = OWN / "floors.yaml"
FRESH = ("fresh_a", "fresh_b", "fresh_c")
WORST, EXAMPLES = 4, 3
"""How many fields are shown, and how many disagreements of each."""


def main() -> None:
    """Score every set and print it."""
    console = Console(highlight=False, soft_wrap=True)
    for title, paths in _sets(console, [Path(word) for word in sys.argv[1:]]):
        items = [item for path in paths for item in labels.read(path)]
        console.print(f"\n[bold]{escape(title)}[/]: {len(items)} sentences")
        for table, result in score(items, predicted(items)).items():
            _print(console, table, result)


def _sets(console: Console, named: list[Path]) -> list[tuple[str, list[Path]]]:
    if named:
        return [(path.name, [path]) for path in named]
    own = [p for name in ("deployments", "demands") if (p := OWN / f"{name}.jsonl").exists()]
    sets = [("our own sentences", own)] if own else []
    if SHARED.exists():
        sets.append((SHARED.name, [SHARED]))
    else:
        console.print(f"not scored: {SHARED.name} is not beside the project")
    return sets + [(name, [path]) for name in FRESH if (path := _rebuilt(console, name))]


def _rebuilt(console: Console, name: str) -> Path | None:
    """The sentences of the corpora with their words, where the captures are at hand."""
    script = OWN / "fresh.py"
    if not (OWN / f"{name}.jsonl").exists():
        return None
    command, around = [sys.executable, str(script), name], {"PYTHONPATH": str(INCLUDE)}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=around)  # noqa: S603  # our own script
    if done.returncode:
        console.print(f"not scored: {name}: {escape(done.stderr.strip()[-200:])}")
        return None
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", delete=False, encoding="utf-8") as file:
        file.write(done.stdout)
    return Path(file.name)


def predicted(items: list[Item]) -> dict[str, dict[str, list[Row]]]:
    """What detection finds in each item, by its id and table."""
    found = find_all(item.document for item in items)
    return {i.id: {"deployments": f.deployments, "demands": f.demands} for i, f in zip(items, found, strict=True)}


def figures(result: Score) -> dict[str, float | None]:
    """The figures that floors are set for: F1 by name; of `asserted` the precision, None where no row says so."""
    named = {"detection": result.detection, "core": result.core, **result.fields}
    asserted = result.asserted.precision if result.asserted.right + result.asserted.extra else None
    return {name: rate.f1 for name, rate in named.items()} | {"asserted": asserted}


def below(table: str, result: Score) -> dict[str, tuple[float, float]]:
    """What lies below its floor: the figure and the floor, by name."""
    floors: dict[str, float] = yaml.safe_load(FLOORS.read_text(encoding="utf-8"))[table]
    have = figures(result)
    return {
        name: (value, floor) for name, floor in floors.items() if (value := have[name]) is not None and value < floor
    }


def _print(console: Console, name: str, result: Score) -> None:
    low = below(name, result)
    table = Table(name, "P", "R", "F1", "right", "extra", "missed", "")
    for kind, rate in {"detection": result.detection, "sentence": result.sentence, "core": result.core}.items():
        _line(table, kind, rate, low)
    table.add_section()
    for kind, rate in result.fields.items():
        _line(table, kind, rate, low)
    console.print(table)
    asserted = figures(result)["asserted"]
    kappa = "" if result.kappa is None else f"; strength, weighted kappa {result.kappa:.3f}"
    console.print(f"asserted precision {'-' if asserted is None else f'{asserted:.3f}'}{kappa}")
    _print_worst(console, result)


def _line(table: Table, name: str, rate: Rate, low: dict[str, tuple[float, float]]) -> None:
    note = f"below its floor of {low[name][1]:.2f}" if name in low else ""
    shares = [f"{value:.3f}" for value in (rate.precision, rate.recall, rate.f1)]
    table.add_row(name, *shares, str(rate.right), str(rate.extra), str(rate.missed), note)


def _print_worst(console: Console, result: Score) -> None:
    """What was missed or found too much, then the fields that disagree most, each with examples."""
    by_f1 = sorted(result.fields, key=lambda name: result.fields[name].f1)
    worst = [name for name in by_f1 if result.misses.get(name)][:WORST]
    for kind in ["missed", "spurious", *worst]:
        for miss in result.misses.get(kind, [])[:EXAMPLES]:
            gold_, found = (sorted(v) if isinstance(v, frozenset) else v for v in (miss.gold, miss.found))
            console.print(f"  {kind}: gold {gold_}, found {found} | {miss.item}", markup=False)
            console.print(f"      {plain(miss.sentence)}", markup=False)


def plain(text: str) -> str:
    """Text of the web made harmless in a terminal."""
    return "".join(c if c.isprintable() else " " for c in text)


if __name__ == "__main__":
    main()
