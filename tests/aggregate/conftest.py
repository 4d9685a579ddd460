"""A lake of its own for every test."""

from pathlib import Path

import pytest
from aggregate_lake import Days


@pytest.fixture
def made(tmp_path: Path) -> Days:
    return Days(tmp_path)
