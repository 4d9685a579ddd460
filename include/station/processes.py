"""Processes that outlive the command which started them, and how they are found and ended again."""

import os
import subprocess
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import psutil

from station.environment import MARK

CLOCKS_DIFFER = 2.0
"""Seconds by which the start of one process may read differently at two times: the kernel counts from boot."""

_STARTED: list[subprocess.Popen[bytes]] = []
"""Held until the end, as Python warns of a process that runs on when nobody holds it: these are meant to."""


@dataclass(frozen=True)
class Started:
    """A process by its number and when it started (seconds since 1970): a number alone is given out again."""

    pid: int
    at: float

    @classmethod
    def of(cls, process: psutil.Process) -> "Started":
        return cls(process.pid, process.create_time())

    def is_alive(self) -> bool:
        try:
            process = psutil.Process(self.pid)
            return is_running(process) and abs(process.create_time() - self.at) < CLOCKS_DIFFER
        except psutil.Error:
            return False


def start(command: list[str], environment: dict[str, str], folder: Path, log: Path) -> Started:
    """Start a command in a session of its own, so that no signal of this terminal reaches it."""
    with log.open("ab") as file:
        popen = subprocess.Popen(  # noqa: S603 the project's own commands
            command,
            env=environment,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    _STARTED.append(popen)
    return Started.of(psutil.Process(popen.pid))


def marked(folder: Path) -> list[psutil.Process]:
    """All running processes of the station in that folder, children of killed parents among them."""
    return [p for p in psutil.process_iter() if p.pid != os.getpid() and is_running(p) and _mark(p) == str(folder)]


def end(find: Callable[[], Iterable[psutil.Process]], patience: float) -> int:
    """Ask all that `find` finds to end; kill what has not after `patience` seconds; how many there were.

    It is asked anew until nothing is found: a process may have started another meanwhile.
    """
    ended: set[int] = set()
    last_call = time.monotonic() + patience
    while found := list(find()):
        is_late = time.monotonic() > last_call
        for process in found:
            if is_late or process.pid not in ended:
                _signal(process, kill=is_late)
            ended.add(process.pid)
        psutil.wait_procs(found, timeout=0.5)
    return len(ended)


def is_running(process: psutil.Process) -> bool:
    """A zombie has ended, only nobody has asked how."""
    try:
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.Error:
        return False


def _mark(process: psutil.Process) -> str | None:
    try:
        return process.environ().get(MARK)  # type: ignore[no-any-return] # psutil has no types
    except (psutil.Error, OSError):  # of another user, or gone
        return None


def _signal(process: psutil.Process, kill: bool) -> None:
    """The library looks first whether the number still belongs to the process that was found."""
    try:
        process.kill() if kill else process.terminate()
    except psutil.Error:
        return
