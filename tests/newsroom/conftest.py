"""A newsroom on a free port whose clock a test can set."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from newsroom_reader import Reader

import newsroom


@pytest.fixture
def reader() -> Iterator[Reader]:
    reader = Reader()
    with newsroom.serve(reader.clock) as running:
        reader.running = running
        yield reader
