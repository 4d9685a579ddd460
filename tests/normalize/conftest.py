"""Fixtures of the normalize tests."""

from pathlib import Path

import pytest
from normalize_lake import Newsstand

from troopwatch import settings


@pytest.fixture
def stand(tmp_path: Path) -> Newsstand:
    return Newsstand(tmp_path)


@pytest.fixture
def corpus() -> Path:
    folder = settings.load().corpus
    if not folder.is_dir():
        pytest.skip(f"there is no corpus at {folder}: set TROOPWATCH_CORPUS")
    return folder
