"""Manners: a busy host is given the time it asks for, a host is asked by one at a time, the slow delay nobody else."""

import asyncio
import threading
import time
from collections import deque
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from socket import AF_INET

import pytest
from aiohttp.abc import ResolveResult
from hypothesis import given
from hypothesis import strategies as st
from scrape_helpers import DAY, PAGE, Answer, Visit, feed, page, rows, server

from troopwatch import days, scrape
from troopwatch.scrape import live, patience, turns, web
from troopwatch.settings import Settings

NOW = datetime(2022, 3, 2, 0, 30, tzinfo=UTC)
A, B = "http://x.example/a", "http://x.example/b"


def in_turn(*answers: Answer) -> Answer:
    """The answers one after the other, the last for ever."""
    left = deque(answers)

    def answer(handler: BaseHTTPRequestHandler) -> None:
        (left.popleft() if len(left) > 1 else left[0])(handler)

    return answer


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry-After": "7"}, 7),
        ({"Retry-After": " 0 "}, 0),
        ({"Retry-After": "Wed, 02 Mar 2022 00:31:00 GMT"}, 60),
        ({"Retry-After": "Wed, 02 Mar 2022 09:00:10 GMT", "Date": "Wed, 02 Mar 2022 09:00:00 GMT"}, 10),
        ({"Retry-After": "Tue, 01 Mar 2022 00:00:00 GMT"}, 0),
        ({"Retry-After": "soon"}, None),
        ({"Retry-After": "-5"}, None),
        ({"Retry-After": "٣"}, None),
        ({}, None),
    ],
)
def test_what_a_server_asks_to_wait_is_read_as_seconds_and_as_a_date(
    headers: dict[str, str], seconds: float | None
) -> None:
    assert patience.asked_for(headers, NOW) == seconds


@given(st.text(), st.text())
def test_any_words_are_a_time_or_none(after: str, date: str) -> None:
    asked = patience.asked_for({"Retry-After": after, "Date": date}, NOW)
    assert asked is None or asked >= 0


@given(st.text(), st.integers(1, 5))
def test_waits_grow_and_differ_from_address_to_address_but_not_from_run_to_run(url: str, attempt: int) -> None:
    wait = patience.backoff(url, attempt, 1.0)
    assert 0.5 <= wait / 2**attempt < 1.5 and wait == patience.backoff(url, attempt, 1.0)
    assert len({patience.backoff(f"{url}{n}", attempt, 1.0) for n in range(20)}) == 20


def test_a_busy_page_is_asked_again_after_as_long_as_it_asks_for(visit: Visit, slept: list[float]) -> None:
    busy = page(b"", 503, Retry_After="20")
    fetches, _, asked = visit({"/list": feed(A), "/a": in_turn(busy, busy, PAGE)})
    assert asked.count("/a") == 3 and [s for s in slept if s] == [20.0, 20.0]
    assert [f["outcome"] for f in fetches if f["role"] == "page"] == ["stored"]


def test_a_host_that_asks_for_too_long_is_left_alone_for_the_rest_of_the_visit(
    visit: Visit, slept: list[float]
) -> None:
    fetches, ledger, asked = visit({"/list": feed(A, B), "/a": page(b"", 429, Retry_After="3600"), "/b": PAGE})
    assert asked == ["/robots.txt", "/list", "/a"] and not [s for s in slept if s]
    reasons = [f["reason"] for f in fetches if f["role"] == "page"]
    assert reasons == ["HTTP 429", "its host asked to be left alone for more than 120 seconds"]
    assert ledger["outcome"] == "failed" and ledger["failed_http"] == 2
    later = days.end(DAY) + timedelta(hours=3)
    fetches, ledger, asked = visit({"/list": feed(A, B), "/a": PAGE, "/b": PAGE}, now=later)
    assert ledger["outcome"] == "captured" and ledger["responses"] == 3


def test_the_crawl_delay_of_robots_txt_is_kept(visit: Visit, slept: list[float]) -> None:
    robots = page(b"User-agent: *\nCrawl-delay: 5\n")
    visit({"/robots.txt": robots, "/list": feed(A, B), "/a": PAGE, "/b": PAGE})
    assert [s for s in slept if s] == [5.0, 5.0, 5.0]


@pytest.mark.parametrize(("routed", "paused"), [("*.example", []), ("y.example", [7.0])])
def test_only_hosts_of_our_own_are_asked_without_a_pause(
    tmp_path: Path, slept: list[float], monkeypatch: pytest.MonkeyPatch, routed: str, paused: list[float]
) -> None:
    """The same server is reached by a route of `connect_to`, or as anybody's by its name."""

    async def ask(settings: Settings) -> None:
        async with web.Web(settings, NOW) as client:
            await client.get("http://x.example/a")
            async with client.download("http://x.example/a", 0, 10) as response:
                assert response.status == 200

    with server({"/a": PAGE}) as (connect_to, _):
        to = connect_to.partition("=")[2]
        settings = Settings(data=tmp_path, connect_to=f"{routed}={to}", pause=7)
        monkeypatch.setattr(web.aiohttp.ThreadedResolver, "resolve", resolving(to))
        asyncio.run(ask(settings))
    assert [s for s in slept if s] == paused * 3, "after a page, a file's head and its body"


def resolving(to: str) -> Callable[..., Awaitable[list[ResolveResult]]]:
    """What the system says of hosts: every one is at this address and port."""
    address, port = to.split(":")

    async def resolve(_: object, host: str, *__: object) -> list[ResolveResult]:
        return [ResolveResult(hostname=host, host=address, port=int(port), family=AF_INET, proto=0, flags=0)]

    return resolve


def test_one_process_at_a_time_asks_a_host_and_each_leaves_it_the_pause(tmp_path: Path) -> None:
    log: list[tuple[str, float]] = []

    async def ask(name: str) -> None:
        async with turns.turn(tmp_path, "x.example", 0.05):
            log.append((f"{name} begins", time.monotonic()))
            await asyncio.sleep(0.02)
            log.append((f"{name} ends", time.monotonic()))

    asking = [threading.Thread(target=asyncio.run, args=(ask(str(n)),)) for n in range(4)]
    for thread in asking:
        thread.start()
    for thread in asking:
        thread.join()
    names = [words.split()[0] for words, _ in log]
    assert names[::2] == names[1::2] and len(set(names)) == 4
    ends, begins = [at for _, at in log[1:-1:2]], [at for _, at in log[2::2]]
    assert all(begin - end >= 0.05 for end, begin in zip(ends, begins, strict=True))


def test_another_host_need_not_wait(tmp_path: Path) -> None:
    async def ask() -> str:
        async with turns.turn(tmp_path, "x.example", 0.01), turns.turn(tmp_path, "y.example", 0.01):
            return "both"

    assert asyncio.run(ask()) == "both"


def test_a_source_that_trips_the_code_costs_itself_alone(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    def trip(*_: object) -> None:
        raise RecursionError("too deep")

    monkeypatch.setattr(live.listings, "read", trip)
    fetches, ledger, _ = visit({"/list": feed(A)})
    assert ledger["outcome"] == "failed" and "RecursionError: too deep" in ledger["reason"]
    assert [f["outcome"] for f in fetches] == ["stored", "failed"]


def test_a_run_that_is_killed_before_its_ledger_row_has_one_that_says_so(
    visit: Visit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(live, "capture", killed)
    with pytest.raises(KeyboardInterrupt):
        visit({"/list": feed(A)})
    (ledger,) = rows(Settings(data=tmp_path / "data"), "ledger", DAY)
    assert (ledger["outcome"], ledger["reason"]) == ("failed", "its run has not come to an end")
    monkeypatch.undo()
    assert visit({"/list": feed(A), "/a": PAGE})[1]["outcome"] == "captured"


def test_a_slow_source_is_cut_off_and_the_others_are_captured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "DEADLINE", 0.3)
    release = threading.Event()

    def hang(_: BaseHTTPRequestHandler) -> None:
        release.wait(20)

    folder = tmp_path / "sources" / "group"
    folder.mkdir(parents=True)
    spec = "name: {0}\ntitle: X\nkind: feed\nurl: http://{0}.example/{1}\narticles: {{floor: 0, ceiling: 50}}\n"
    for name, path in (("slow", "hang"), ("well", "list"), ("dead", "nothing")):
        (folder / f"{name}.yaml").write_text(spec.format(name, path))
    with server({"/hang": hang, "/list": feed(A), "/a": PAGE}) as (connect_to, _):
        settings = Settings(data=tmp_path, sources=folder.parent, connect_to=connect_to, pause=0)
        for name in ("slow", "dead", "well"):
            scrape.run(DAY, name, settings, days.end(DAY))
        release.set()
    ledger = {row["source"]: (row["outcome"], row["reason"]) for row in rows(settings, "ledger", DAY)}
    assert ledger["well"] == ("captured", None)
    assert ledger["slow"] == ("failed", "http://slow.example/hang: not reached within 0.3 seconds")
    assert ledger["dead"] == ("failed", "http://dead.example/nothing: HTTP 404")
