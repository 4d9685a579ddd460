"""What the tests of the station share."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def open_folder() -> Iterator[Path]:
    """Not in pytest's folder, which it closes to other users: as root, PostgreSQL runs as another one.

    Its path has a space in it, as people's have.
    """
    made = Path(tempfile.mkdtemp(prefix="troopwatch station "))
    yield made
    shutil.rmtree(made)
