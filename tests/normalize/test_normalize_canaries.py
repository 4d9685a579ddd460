"""The canaries: a frozen page of each demo outlet is read as it was when it was frozen."""

import pytest

from newsroom.content import outlets
from troopwatch import sources
from troopwatch.settings import CANARIES, Settings
from troopwatch.trial import canary


def test_every_demo_outlet_has_one() -> None:
    assert set(canary.expected()) == {outlet.name for outlet in outlets()}
    assert {path.stem for path in CANARIES.iterdir()} == {*canary.expected(), "expected"}


@pytest.mark.parametrize("name", sorted(canary.expected()))
def test_a_frozen_page_is_read_as_it_was(name: str) -> None:
    assert canary.read(sources.load(Settings().sources)[name]) == canary.expected()[name]
