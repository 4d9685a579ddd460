"""A source of its own for every test of scrape."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from scrape_helpers import Answer, rows, server

from troopwatch import days, scrape
from troopwatch.settings import Settings

DAY = date(2022, 3, 1)
SPEC = "name: x\ntitle: X\nkind: {kind}\nurl: http://x.example/list\narticles: {{floor: 0, ceiling: 50}}\n"
Visit = Callable[..., tuple[list[dict[str, object]], dict[str, object], list[str]]]


@pytest.fixture
def visit(tmp_path: Path) -> Visit:
    """Scrape a source x of the given kind from a server with these answers: its fetches, ledger row, paths asked."""

    def run(
        answers: dict[str, Answer], kind: str = "feed"
    ) -> tuple[list[dict[str, object]], dict[str, object], list[str]]:
        folder = tmp_path / "sources" / "group"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "x.yaml").write_text(SPEC.format(kind=kind))
        with server(answers) as (connect_to, asked):
            settings = Settings(data=tmp_path / "data", sources=folder.parent, connect_to=connect_to, pause=0)
            scrape.run(DAY, "x", settings, days.end(DAY) + timedelta(minutes=30))
        return rows(settings, "fetches", DAY), rows(settings, "ledger", DAY)[0], asked

    return run
