"""A process that is killed before its nth file operation: from then on it does nothing more, not even tidying up."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

WRITING = frozenset(("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.chmod", "os.truncate"))
"""Events of Python's own audit that change the file system; `open` does where it is for writing."""


class Killed(BaseException):
    """Stands for a process that is gone."""


class _Watch:
    """Counts the file operations below a folder, and lets none happen once the last allowed one has."""

    def __init__(self) -> None:
        self.folder: Path | None = None
        self.allowed, self.seen = 0, 0

    def __call__(self, event: str, values: tuple[Any, ...]) -> None:
        if self.folder is None or not self._writes(event, values):
            return
        self.seen += 1
        if self.seen > self.allowed:
            raise Killed

    def _writes(self, event: str, values: tuple[Any, ...]) -> bool:
        if event == "open":
            path, mode, flags = values
            is_writing = any(c in mode for c in "wax+") if isinstance(mode, str) else bool(flags and flags & 0b11)
            return is_writing and self._is_below(path)
        return event in WRITING and self._is_below(values[0])

    def _is_below(self, path: object) -> bool:
        return isinstance(path, str | Path) and str(path).startswith(f"{self.folder}/")


_WATCH: list[_Watch] = []


@contextmanager
def killed_after(folder: Path, allowed: int) -> Iterator[_Watch]:
    """Kill the process after so many file operations below a folder; the watch says how many there were."""
    if not _WATCH:
        _WATCH.append(_Watch())
        sys.addaudithook(_WATCH[0])  # which can never be taken away again
    watch = _WATCH[0]
    watch.folder, watch.allowed, watch.seen = folder, allowed, 0
    try:
        yield watch
    finally:
        watch.folder = None
