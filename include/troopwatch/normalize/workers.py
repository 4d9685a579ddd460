"""Work on hostile input, in processes of its own: what hangs in a C library is killed, what crashes takes nobody along.

No signal and no thread ends a loop inside a C extension; only the end of its process does.
"""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import TimeoutError as HungError
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from multiprocessing import process
from multiprocessing.context import ForkServerContext, ForkServerProcess
from multiprocessing.popen_forkserver import Popen
from multiprocessing.process import BaseProcess
from types import ModuleType
from typing import TypeVar

from pebble import ProcessExpired, ProcessFuture, ProcessPool

Task = TypeVar("Task")
Made = TypeVar("Made")

MOST = 8
"""Processes that are started where no number is asked for: each holds some 150 MB."""
WARM = "troopwatch.normalize.warm"
"""Loads what reads a page: in the server of processes, and where that cannot (it may not see the path that this process
sees), in each before its first task, which does not pay for it with its own seconds."""
RENEWED = 2000
"""Tasks after which a process is replaced, so that what a library leaks does not add up."""


@dataclass(frozen=True)
class Lost:
    """Why there is no result of a task: `rule` is a value of quarantine.rule."""

    rule: str
    detail: str


def each(work: Callable[[Task], Made], tasks: Sequence[Task], processes: int, seconds: float) -> Iterator[Made | Lost]:
    """The results of `work`, a function of a module, for each task in their order.

    `processes` is how many work at a time, 0: one a CPU, MOST at most. A task that takes longer than `seconds` is Lost,
    with its process; the others go on in a new one. What `work` raises is raised here.
    """
    pool = _pool(processes or min(os.cpu_count() or 1, MOST), os.getpid())
    futures: list[ProcessFuture[Made]] = [pool.schedule(work, args=(task,), timeout=seconds) for task in tasks]
    try:
        for future in futures:
            result = _result(future, seconds)
            yield result
    finally:
        for future in futures:
            future.cancel()  # type: ignore[no-untyped-call]  # pebble gives it no types


def _result(future: ProcessFuture[Made], seconds: float) -> Made | Lost:
    try:
        return future.result()
    except HungError:
        return Lost("timed_out", f"it was not done after {seconds:g} seconds")
    except ProcessExpired as error:
        return Lost("unreadable", f"it crashed its process: {error}")


class _Process(ForkServerProcess):
    """A process that does not run this process's main module again, as those of multiprocessing do.

    In a task of Airflow that is Airflow itself, which cannot start there: tasks may not see its database.
    """

    @staticmethod
    def _Popen(process_obj: BaseProcess) -> Popen:  # noqa: N802 - multiprocessing's name
        main = sys.modules["__main__"]
        sys.modules["__main__"] = ModuleType("__main__")  # says neither of which file nor of which module it is
        try:
            return Popen(process_obj)
        finally:
            sys.modules["__main__"] = main


class _Context(ForkServerContext):
    Process = _Process


@cache
def _pool(processes: int, _owner: int) -> ProcessPool:
    """The processes of this process (`_owner`), kept: each takes two seconds to load what reads a page.

    New ones come from a server that has no threads, as a fork of a process with threads may wait for ever.
    """
    _be_a_process_of_multiprocessing()
    context = _Context()
    context.set_forkserver_preload([WARM])
    return ProcessPool(processes, RENEWED, initializer=import_module, initargs=(WARM,), context=context)


def _be_a_process_of_multiprocessing() -> None:
    """In a task on a Celery worker, billiard has put a process of its own kind in this one's place.

    That one is daemonic, so it may have no children, and its key is of a type that cannot be handed to them.
    """
    if not isinstance(process.current_process(), BaseProcess):
        own = BaseProcess()
        own.daemon, own.authkey = False, bytes(own.authkey)
        process._current_process = own  # type: ignore[attr-defined]  # as billiard has put its own there
