"""What processes that were killed have left of captures in their views: nobody can fetch that again, so it goes up.

All else that they have left is made again by whoever takes their step. Of a visit, its WARC file goes up, and beside it
what its rows are made from: the journal, or the rows themselves where it had ended. They wait there, hidden, for the
next run of the day, which puts them where they belong as it does with visits that were cut short anywhere. No partition
that a gate has judged changes before that.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock, Timeout

from troopwatch.mirror.store import Store


def lock_of(folder: Path) -> Path:
    """The lock that the process holds which works in a view."""
    return folder.with_name(f"{folder.name}.lock")


def all_dead(cache: Path, store: Store) -> int:
    """Rescue what is in views that nobody works in any more, and remove them; how many captured files went up."""
    return sum(_one(path.with_suffix(""), store) for path in sorted(cache.glob("views/*.lock")))


def _one(folder: Path, store: Store) -> int:
    lock = FileLock(lock_of(folder), blocking=False)
    try:
        lock.acquire()
    except Timeout:  # its process lives
        return 0
    try:
        sent = sum(_send(key, path, store) for key, path in _visits(folder))
        shutil.rmtree(folder, ignore_errors=True)
        lock_of(folder).unlink(missing_ok=True)
    finally:
        lock.release()
    return sent


def _visits(folder: Path) -> Iterator[tuple[str, Path]]:
    """What is to go up, by the names that it gets, each WARC file before what is said of it.

    An empty one has captured nothing: it may only stand for one that the store had.
    """
    found = sorted(folder.glob("scrape/captures/day=*/*@*.warc.gz"))
    for warc in (path for path in found if path.stat().st_size):
        part, captured = warc.name.removesuffix(".warc.gz"), warc.parent.relative_to(folder).as_posix()
        rows = folder / "scrape" / "fetches" / warc.parent.name / f"{part}.parquet"
        journal = warc.with_name(f".{part}.journal")
        yield f"{captured}/{warc.name}", warc
        if rows.exists():
            yield f"{captured}/.{part}.rows", rows
        elif journal.exists():
            yield f"{captured}/{journal.name}", journal


def _send(key: str, path: Path, store: Store) -> bool:
    """Put a file where nothing of that name is. What is said of a visit waits only where its rows are not there yet."""
    folder, _, name = key.rpartition("/")
    if name.startswith("."):
        part = name.removeprefix(".").rpartition(".")[0]
        if store.head(f"scrape/fetches/{folder.rpartition('/')[2]}/{part}.parquet"):
            return False
    if store.head(key):
        return False
    store.put(path, key)
    return True
