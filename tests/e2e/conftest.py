"""A station in a folder of its own, started as `make up` starts it, and a browser to look at it with."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from listener import Listener

from station.airflow_api import Api

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
SCREENSHOTS = ROOT / "build" / "screenshots"
FEED = ROOT.parent / "shared" / "corpus" / "state_dept_feed"
needs_the_feed = pytest.mark.skipif(not FEED.is_dir(), reason=f"no captures in {FEED}")


@dataclass(frozen=True)
class Station:
    """The commands of `make up`, `make down` and `make status` for one folder."""

    folder: Path
    watched: Mapping[str, str] = field(default_factory=dict)
    """Airflow's own settings that say who is told of its metrics and lineage."""

    def run(self, command: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        words = [sys.executable, "-m", "station", command, "--home", str(self.folder), *arguments]
        around = plain_environment() | self.watched | {"COLUMNS": "200"}
        return subprocess.run(words, capture_output=True, text=True, check=False, env=around, timeout=400)

    def api(self, user: str = "admin") -> Api:
        """Logged in anew each time: what was restarted may have forgotten."""
        return Api(self.kept("running.json")["port"]).logged_in(user, self.kept("passwords.json")[user])

    @property
    def data(self) -> Path:
        return Path(self.kept("running.json")["data"])

    def kept(self, name: str) -> Any:
        return json.loads((self.folder / name).read_text(encoding="utf-8"))

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.kept('running.json')['port']}"


def plain_environment() -> dict[str, str]:
    """The project's own, with nothing of another Airflow or lake."""
    around = {name: value for name, value in os.environ.items() if not name.startswith(("AIRFLOW", "TROOPWATCH"))}
    return around | {"PYTHONPATH": str(ROOT / "include")}


@contextmanager
def station_in_a_folder(watched: Mapping[str, str] | None = None) -> Iterator[Station]:
    """Not started yet. Whatever a test does to it, nothing of it is left."""
    # Not in pytest's folder, which it closes to other users: as root, PostgreSQL runs as another one.
    folder = Path(tempfile.mkdtemp(prefix="troopwatch station "))
    folder.chmod(0o755)
    made = Station(folder / "home", watched or {})
    try:
        yield made
    finally:
        made.run("down")
        shutil.rmtree(folder)


@pytest.fixture(scope="session")
def listener() -> Iterator[Listener]:
    """Who is told of the metrics of the station."""
    with Listener() as listening:
        yield listening


@pytest.fixture(scope="session")
def lineage(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file that OpenLineage writes to."""
    return tmp_path_factory.mktemp("lineage") / "lineage.jsonl"


@pytest.fixture(scope="session")
def up(listener: Listener, lineage: Path) -> Iterator[tuple[Station, subprocess.CompletedProcess[str]]]:
    """The one station of `make e2e`, started and watched as docs/operations.md says, and what its start has said."""
    transport = {"type": "file", "log_file_path": str(lineage), "append": True}
    told = {"AIRFLOW__OPENLINEAGE__NAMESPACE": "troopwatch", "AIRFLOW__OPENLINEAGE__TRANSPORT": json.dumps(transport)}
    with station_in_a_folder(listener.settings | told) as made:
        yield made, made.run("up", "--port", "0", "--sources", "state_dept_feed")


@pytest.fixture(scope="session")
def station(up: tuple[Station, subprocess.CompletedProcess[str]]) -> Station:
    made, done = up
    assert done.returncode == 0, done.stderr
    return made


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
