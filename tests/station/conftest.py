"""What the tests of the station share."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from station import processes
from station.home import Home


@pytest.fixture(scope="module")
def open_folder() -> Iterator[Path]:
    """Not in pytest's folder, which it closes to other users: as root, PostgreSQL runs as another one.

    Its path has a space in it, as people's have.
    """
    made = Path(tempfile.mkdtemp(prefix="troopwatch station "))
    yield made
    shutil.rmtree(made)


@pytest.fixture
def home(open_folder: Path) -> Iterator[Home]:
    """A station's folder; whatever a test has started in it is ended."""
    made = Home(open_folder / "home")
    made.prepare()
    yield made
    processes.end(lambda: processes.marked(made.folder), patience=0)
