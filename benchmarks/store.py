"""What the object store costs beside a folder: `python benchmarks/store.py LAKE DAY`, on a copy of a finished lake.

The day's later stages, and an edition of all days with its publishing, in a folder, then on a store on loopback with an
empty cache and with a full one: seconds, requests, and how many times as long it takes. Loopback has no distance: each
request costs a real store's round trip besides, sixteen at a time.
"""

import os
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from time import perf_counter

from rich.console import Console
from rich.table import Table

import object_store
from troopwatch import days
from troopwatch.flow import Run
from troopwatch.mirror.store import Store
from troopwatch.mirror.view import concurrently
from troopwatch.mirror.work import store_of
from troopwatch.settings import Settings

OF_DAY = ("normalize", "judge_documents", "detect", "judge_mentions")
OWN = {".locks", ".cache"}


@dataclass(frozen=True)
class Cost:
    seconds: float
    requests: Counter[str]


class Asked:
    """Counts what all stores are asked for."""

    def __init__(self) -> None:
        self.counts = Counter[str]()
        asking = Store._asking

        @contextmanager
        def counted(store: Store, what: str, key: str) -> Iterator[None]:
            self.counts[what] += 1
            with asking(store, what, key):
                yield

        setattr(Store, asking.__name__, counted)

    def cost(self, work: Callable[[], object]) -> Cost:
        before, began = self.counts.copy(), perf_counter()
        work()
        return Cost(perf_counter() - began, self.counts - before)


def day_of(run: Run) -> Callable[[], None]:
    def work() -> None:
        for step in OF_DAY:
            getattr(run, step)()

    return work


def edition_of(run: Run) -> Callable[[], None]:
    def work() -> None:
        candidate = run.aggregate()
        run.judge_edition(candidate)
        run.publish(candidate)

    return work


def measured(asked: Asked, runs: dict[str, Run], whole: str) -> dict[str, dict[str, Cost]]:
    """The costs by what was done and where. Everything is loaded before, by a day in the folder."""
    day_of(runs["folder"])()
    done: dict[str, dict[str, Cost]] = {"a day's later stages": {}, whole: {}}
    for where, run in runs.items():
        done["a day's later stages"][where] = asked.cost(day_of(run))
        done[whole][where] = asked.cost(edition_of(run))
    return done


def shown(done: dict[str, dict[str, Cost]]) -> Table:
    table = Table("what", "where", "seconds", "times a folder's", "requests")
    for what, costs in done.items():
        for where, cost in costs.items():
            ratio = cost.seconds / costs["folder"].seconds
            requests = ", ".join(f"{n} {kind}" for kind, n in sorted(cost.requests.items()))
            table.add_row(what, where, f"{cost.seconds:.1f}", f"{ratio:.2f}", requests)
    return table


def files_of(lake: Path) -> list[Path]:
    return sorted(p for p in lake.rglob("*") if p.is_file() and not OWN & set(p.relative_to(lake).parts))


def main(lake: Path, day: date) -> None:
    asked = Asked()
    with tempfile.TemporaryDirectory() as scratch, object_store.serving(Path(scratch)) as served:
        folder = Path(shutil.copytree(lake, Path(scratch) / "lake"))
        os.environ |= served.environment()
        served.files().create_dir("measured")
        where = {"data": "s3://measured/lake", "s3_endpoint": served.endpoint, "cache": Path(scratch) / "worker"}
        remote = Settings.model_validate(where)
        filling, files = store_of(remote), files_of(folder)
        up = asked.cost(lambda: concurrently(lambda p: filling.put(p, p.relative_to(folder).as_posix()), files))
        now = days.end(day)
        runs = {"folder": Run(day, Settings(data=folder), now)}
        runs |= {name: Run(day, remote, now) for name in ("store, empty cache", "store, full cache")}
        ran = len(list(folder.glob("scrape/ledger/day=*")))
        done = measured(asked, runs, f"an edition of {ran} days, published")
    console = Console(width=140)
    console.print(f"{len(files)} files brought to the store: {up.seconds:.1f} s")
    console.print(shown(done))


if __name__ == "__main__":
    main(Path(sys.argv[1]), date.fromisoformat(sys.argv[2]))
