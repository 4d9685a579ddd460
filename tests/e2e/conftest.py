"""A station in a folder of its own, started as `make up` starts it, and a browser to look at it with."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
SCREENSHOTS = ROOT / "build" / "screenshots"
FEED = ROOT.parent / "shared" / "corpus" / "state_dept_feed"


@dataclass(frozen=True)
class Station:
    """The commands of `make up`, `make down` and `make status` for one folder."""

    folder: Path

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        around = {name: value for name, value in os.environ.items() if not name.startswith(("AIRFLOW", "TROOPWATCH"))}
        command = [sys.executable, "-m", "station", *arguments, "--home", str(self.folder)]
        around |= {"PYTHONPATH": str(ROOT / "include"), "COLUMNS": "200"}
        return subprocess.run(command, capture_output=True, text=True, check=False, env=around, timeout=400)

    def kept(self, name: str) -> Any:
        return json.loads((self.folder / name).read_text(encoding="utf-8"))

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.kept('running.json')['port']}"


@pytest.fixture(scope="session")
def station() -> Iterator[Station]:
    """Whatever a test does to it, nothing of it is left."""
    # Not in pytest's folder, which it closes to other users: as root, PostgreSQL runs as another one.
    folder = Path(tempfile.mkdtemp(prefix="troopwatch station "))
    made = Station(folder / "home")
    try:
        yield made
    finally:
        made.run("down")
        shutil.rmtree(folder)


@pytest.fixture
def page() -> Iterator[Any]:
    """A page of Debian's Chromium."""
    if CHROMIUM is None:
        pytest.skip("no chromium here (Debian: apt-get install chromium)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        opened = browser.new_page(viewport={"width": 1400, "height": 1150})
        opened.set_default_timeout(90_000)  # a machine that is busy with other tests is slow
        yield opened
        browser.close()
