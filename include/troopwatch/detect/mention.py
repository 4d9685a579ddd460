"""A force with its trigger, before it is a row."""

from dataclasses import dataclass

from troopwatch.detect.forces import Force
from troopwatch.detect.hedging import Standing
from troopwatch.detect.naming import Who
from troopwatch.detect.triggers import Trigger


@dataclass
class Mention:
    """A force with its trigger and how real it is: a row before it has an owner."""

    force: Force | None
    trigger: Trigger
    standing: Standing
    owners: list[Who]
