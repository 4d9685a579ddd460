"""A step on an object store, killed before its requests: `python mirror_killed.py STEP KINDS EVERY BUCKET BASE WORK`.

For one in EVERY request of these KINDS, such as put,delete, a prefix is filled from the folder BASE, a worker is killed
there, and what it has left is looked at; then the step is taken again, by the same worker or by one with an empty
cache. Prints a line of JSON for each. Every worker is a fork of this process, which never talks to the store itself.
"""

import json
import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from hashlib import sha256
from itertools import chain, count
from pathlib import Path

from mirror_house import DAY, WORDS, few_downloads

from troopwatch import days
from troopwatch.flow import Run
from troopwatch.mirror.store import Store
from troopwatch.mirror.work import store_of
from troopwatch.publish import exports
from troopwatch.publish.editions import seal
from troopwatch.settings import Settings

KILLED = 137
LINK = re.compile(rb'href="(reports/[^"#]+|editions/[^"#]+|troopwatch.duckdb)')


def forked(work: Callable[[], object]) -> tuple[int, object]:
    """The exit code of a process of its own, and what it made."""
    reading, writing = os.pipe()
    if (pid := os.fork()) == 0:
        made = json.dumps(work()).encode()
        with os.fdopen(writing, "wb") as out:
            out.write(made)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as said:
        told = said.read()
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), json.loads(told) if told else None


def killed_at(nth: int, kinds: str, work: Callable[[], object]) -> object:
    """Do some work in a process that is gone before its nth request of these kinds, with nothing tidied up."""
    left, asking = count(1), Store._asking

    @contextmanager
    def counted(self: Store, what: str, key: str) -> Iterator[None]:
        if what in kinds.split(",") and next(left) == nth:
            os._exit(KILLED)
        with asking(self, what, key):
            yield

    Store._asking = counted
    return work()


def fill(settings: Settings, base: Path) -> None:
    store = store_of(settings)
    for path in sorted(p for p in base.rglob("*") if p.is_file()):
        store.put(path, path.relative_to(base).as_posix())


def held(settings: Settings) -> dict[str, bytes]:
    store, found = store_of(settings), {}
    for key in store.below(""):
        with (settings.cache.parent / "held").open("w+b") as file:
            store.fetch(key, file)
            file.seek(0)
            found[key] = file.read()
    return found


def told(settings: Settings) -> dict[str, object]:
    """The digests of all objects, and what readers are led to that is not there."""
    found = held(settings)
    status = json.loads(found.get("published/status.json", b"{}"))
    wanted = {f"published/{link.decode()}" for link in LINK.findall(found.get("published/index.html", b""))}
    if status.get("latest"):
        wanted |= {f"published/reports/{status['latest']}/index.html", "published/troopwatch.duckdb"}
    digests = {key: digest(key, data, settings) for key, data in found.items()}
    return {"digests": digests, "missing": sorted(wanted - found.keys())}


def digest(key: str, data: bytes, settings: Settings) -> str | None:
    """Of its bytes; of a DuckDB file of its rows, for DuckDB draws an identifier anew each time."""
    if key.endswith("/SHA256SUMS"):
        return None
    if not key.endswith(".duckdb"):
        return sha256(data).hexdigest()
    path = settings.cache.parent / "held.duckdb"
    path.write_bytes(data)
    return seal.content_of(path).digest


def step_of(name: str, what: list[str]) -> Callable[[Settings], object]:
    def take(settings: Settings) -> None:
        run = Run(DAY, settings, days.end(DAY) + timedelta(minutes=30), WORDS)
        getattr(run, name)(*(w.replace("STORE", settings.address) for w in what))

    return take


def main(step: tuple[str, str], every: int, bucket: str, base: Path, work: Path, *what: str) -> None:
    name, kinds = step
    exports.make = few_downloads
    take = step_of(name, list(what))
    for nth in chain([0], count(1, every)):
        at = {"data": f"s3://{bucket}/{nth}", "pause": 0}
        first = Settings(**at, cache=work / f"{nth}-first")
        forked(lambda first=first: fill(first, base))
        code, _ = forked((lambda nth=nth, first=first: killed_at(nth, kinds, lambda: take(first))))
        _, left = forked(lambda first=first: told(first))
        again = first if nth % 2 else Settings(**at, cache=work / f"{nth}-second")
        code_again, _ = forked(lambda again=again: take(again))
        _, ended = forked(lambda again=again: told(again))
        print(json.dumps({"nth": nth, "code": code, "again": code_again, "left": left, "ended": ended}), flush=True)  # noqa: T201 - what it is for
        if nth and code == 0:
            return


if __name__ == "__main__":
    main((sys.argv[1], sys.argv[2]), int(sys.argv[3]), sys.argv[4], Path(sys.argv[5]), Path(sys.argv[6]), *sys.argv[7:])
