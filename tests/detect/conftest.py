"""The dictionaries, loaded once."""

import pytest

from troopwatch.detect.codebook import load
from troopwatch.detect.names.actors import ActorIndex


@pytest.fixture(scope="session")
def index() -> ActorIndex:
    return load().actors
