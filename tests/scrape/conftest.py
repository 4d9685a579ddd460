"""A source of its own for every test of scrape, and a clock that nobody waits for."""

import asyncio
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from scrape_helpers import DAY, Answer, Visit, rows, server

from troopwatch import days, scrape
from troopwatch.scrape import web
from troopwatch.settings import Settings

SPEC = "name: x\ntitle: X\nkind: {kind}\nurl: http://x.example/list\narticles: {{floor: 0, ceiling: 50}}\n"
HALF_AN_HOUR = timedelta(minutes=30)
Call = Callable[[date, str, Settings, datetime], dict[str, int]]


@pytest.fixture
def visit(tmp_path: Path) -> Visit:
    """Scrape a source x of the given kind from a server with these answers: its fetches, ledger row, paths asked.

    The day is asked for half an hour after its end, where `now` does not say otherwise.

    `call` is `scrape.run` or `scrape.poll`, which leaves no ledger row.
    """

    def run(
        answers: dict[str, Answer],
        kind: str = "feed",
        now: datetime | None = None,
        call: Call = scrape.run,
        day: date = DAY,
    ) -> tuple[list[dict[str, Any]], dict[str, Any], list[str]]:
        folder = tmp_path / "sources" / "group"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "x.yaml").write_text(SPEC.format(kind=kind))
        with server(answers) as (connect_to, asked):
            settings = Settings(data=tmp_path / "data", sources=folder.parent, connect_to=connect_to, pause=0)
            call(day, "x", settings, now or days.end(day) + HALF_AN_HOUR)
        ledger = rows(settings, "ledger", day)
        return rows(settings, "fetches", day), ledger[0] if ledger else {}, asked

    return run


@pytest.fixture
def slept(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that visits sleep, in place of sleeping; the loop's clock goes on by as much."""
    told: list[float] = []
    loop_time, sleep = asyncio.BaseEventLoop.time, asyncio.sleep

    async def note(seconds: float) -> None:
        told.append(round(seconds, 1))
        await sleep(0)

    monkeypatch.setattr(web.asyncio, "sleep", note)
    monkeypatch.setattr(asyncio.BaseEventLoop, "time", lambda loop: loop_time(loop) + sum(told))
    return told
