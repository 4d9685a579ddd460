"""Days that stand in a lake of their own."""

from pathlib import Path

import pytest
from quality_rows import Newsday, write_specs

from troopwatch.settings import Settings


@pytest.fixture
def newsday(tmp_path: Path) -> Newsday:
    write_specs(tmp_path / "sources")
    return Newsday(Settings(data=tmp_path / "data", sources=tmp_path / "sources"))
