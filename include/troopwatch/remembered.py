"""What is known of a file by its bytes, found out once for each file as it stands, for all processes and days to come.

Every run asks about every day of the history: a file is read again only when the file system says that it is another
one. What is remembered stands in <data>/.cache and may be removed at any time; nothing is lost but time.
"""

import atexit
import logging
import os
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

LOG = logging.getLogger(__name__)
FILE = Path(".cache") / "files.sqlite"
PATIENCE = 5.0
"""Seconds that one process waits for another that writes."""
MAKE = "CREATE TABLE IF NOT EXISTS files (file TEXT, what TEXT, stamp TEXT, found TEXT, PRIMARY KEY (file, what))"
RECALL = "SELECT found FROM files WHERE file = ? AND what = ? AND stamp = ?"
KEEP = "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?)"
_OPEN: dict[str, Any] = {}


def of(root: Path, path: Path, what: str, find: Callable[[Path], str]) -> str:
    """What `find` says of a file under the data folder `root`; raises what it raises, and OSError for no file."""
    stamp = _stamp(path)  # first: what is found of a file that is replaced meanwhile is never taken for the new one's
    memory, name = _memory(root), path.relative_to(root).as_posix()
    with suppress(sqlite3.Error):
        if known := memory.execute(RECALL, (name, what, stamp)).fetchone():
            return str(known[0])
    found = find(path)
    with suppress(sqlite3.Error):
        memory.execute(KEEP, (name, what, stamp, found))
    return found


def _stamp(path: Path) -> str:
    """What the file system says of a file: a replaced one differs in it, even where size and time are the same."""
    found = path.stat()
    return f"{found.st_mtime_ns} {found.st_ctime_ns} {found.st_size} {found.st_ino}"


def _memory(root: Path) -> sqlite3.Connection:
    """The memory of a data folder: open for one folder at a time, and never carried over a fork."""
    if _OPEN.get("of") != (root, os.getpid()):
        _close()
        _OPEN.update({"of": (root, os.getpid()), "memory": _made(root)})
    memory: sqlite3.Connection = _OPEN["memory"]
    return memory


def _close() -> None:
    if _OPEN and _OPEN["of"][1] == os.getpid():
        _OPEN["memory"].close()
    _OPEN.clear()


def _made(root: Path) -> sqlite3.Connection:
    """Where the file cannot be opened, a memory that this process has for itself."""
    try:
        (root / FILE).parent.mkdir(parents=True, exist_ok=True)
        return _opened(str(root / FILE))
    except (OSError, sqlite3.Error) as error:
        LOG.debug("nothing is remembered in %s: %s", root / FILE, error)
        return _opened(":memory:")


def _opened(where: str) -> sqlite3.Connection:
    memory = sqlite3.connect(where, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
    memory.execute("PRAGMA journal_mode = WAL")
    memory.execute("PRAGMA synchronous = OFF")  # what a crash takes is found out again
    memory.execute(MAKE)
    return memory


atexit.register(_close)
