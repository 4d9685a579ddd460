"""A worker that meets the hostile cases, each in a fork of its own so that what it cost in memory can be told.

It reads a line of JSON for each case (its name, the ports of its servers, its folder) and answers with one. It sees an
internet of our own: names resolve as the case says, and of all addresses only SITE is there. Every other address that
is connected to is reported.
"""

import asyncio
import ctypes
import gc
import json
import os
import socket
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import hostile_table
from hostile_case import LINK, SITE, Case, html

from troopwatch import days, normalize, scrape
from troopwatch.lake import Lake, to_arrow
from troopwatch.normalize import workers
from troopwatch.scrape import live, web
from troopwatch.settings import Settings
from troopwatch.tables import LAKE

SPEC = "name: x\ntitle: X\nkind: {kind}\ncontent: {content}\narticles: {{floor: 0, ceiling: 50}}\n{where}\n"


def internet(case: Case, ports: dict[int, int]) -> list[str]:
    """Put our own in the place of the real one; the list of the addresses that are connected to from now on."""
    reached: list[str] = []
    asked: Counter[str] = Counter()

    def resolve(host: str, port: int, *_: Any, **__: Any) -> list[Any]:
        try:
            found = socket.inet_ntoa(socket.inet_aton(host))  # 2130706433 and 0x7f.1 are addresses to resolvers
        except OSError:
            answers = case.names.get(host, (SITE,))
            found = answers[min(asked[host], len(answers) - 1)]
            asked[host] += 1
        if ":" in found:
            return [(socket.AF_INET6, socket.SOCK_STREAM, 6, "", (found, port, 0, 0))]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (found, port))]

    async def connect(loop: Any, sock: socket.socket, address: Any) -> None:
        reached.append(address[0])
        if address[0] != SITE or address[1] not in ports:
            raise OSError("nobody is there")
        await original(loop, sock, ("127.0.0.1", ports[address[1]]))

    original = asyncio.selector_events.BaseSelectorEventLoop.sock_connect
    socket.getaddrinfo = resolve
    asyncio.selector_events.BaseSelectorEventLoop.sock_connect = connect
    return reached


def met(case: Case, ports: dict[int, int], folder: Path) -> dict[str, Any]:
    """The stages' rows for a day on which the source x was the case."""
    reached = internet(case, ports)
    web.REQUEST_DEADLINE, live.DEADLINE = case.seconds, 60.0
    settings = Settings(data=folder / "data", sources=folder / "sources", corpus=folder / "corpus", pause=0)
    workers.each = lambda work, tasks, *_: map(work, tasks)  # in this process, whose memory is what is measured
    put(case, folder)
    now = days.end(hostile_table.DAY)
    scrape.run(hostile_table.DAY, "x", settings, now)
    normalize.run(hostile_table.DAY, settings)
    lake = Lake(settings.data)
    tables = {
        name: lake.rows(LAKE[name], hostile_table.DAY) for name in ("fetches", "ledger", "quarantine", "documents")
    }
    return tables | {"reached": reached}


def put(case: Case, folder: Path) -> None:
    """The case's source, and its WARC file where it is one."""
    where = 'files: "*.warc.gz"' if case.warc else "url: http://site.example/list"
    spec = SPEC.format(kind="warc" if case.warc else case.kind, content=case.content, where=where)
    (folder / "sources" / "group").mkdir(parents=True)
    (folder / "sources" / "group" / "x.yaml").write_text(spec)
    (folder / "corpus").mkdir()
    if case.warc:
        with (folder / "corpus" / "x.warc.gz").open("wb") as file:
            file.writelines(case.warc())


def memory(field: str) -> int:
    """Kilobytes as the kernel counts them: VmRSS now, VmHWM at most so far."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(field))


def warm_up() -> None:
    """Load what is loaded at the first use, as a worker has that has done its first page: it is no case's cost.

    Memory that making the table took is given back first: a case would otherwise use it without being charged for it.
    """
    normalize.html_page(html().decode(), LINK, days.end(hostile_table.DAY))
    to_arrow(LAKE["fetches"], [])
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)


def main() -> None:
    """Meet the cases that are named on standard input."""
    warm_up()
    for line in sys.stdin:
        asked = json.loads(line)
        if pid := os.fork():
            os.waitpid(pid, 0)
            continue
        idle = memory("VmRSS")
        try:
            ports = {int(port): to for port, to in asked["ports"].items()}
            answer = met(hostile_table.BY_NAME[asked["name"]], ports, Path(asked["folder"]))
        except BaseException as error:
            answer = {"error": repr(error)}
        cost = {"megabytes": (memory("VmHWM") - idle) / 1024}
        sys.stdout.write(json.dumps(answer | cost, default=str) + "\n")
        sys.stdout.flush()
        os._exit(0)


if __name__ == "__main__":
    main()
