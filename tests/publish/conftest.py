"""A data folder of its own for every test, and gates that the test opens and closes."""

from collections.abc import Callable
from pathlib import Path

import pytest
from publish_house import House

from troopwatch import quality
from troopwatch.settings import Settings


@pytest.fixture
def build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], House]:
    """Data folders by name, for tests that need more than one; the gates are those of the last one made."""

    def make(name: str) -> House:
        made = House(Settings(data=tmp_path / name))
        monkeypatch.setattr(quality, "is_open", made.is_open)
        return made

    return make


@pytest.fixture
def house(build: Callable[[str], House]) -> House:
    return build("data")
