"""A force with its trigger, before it is a row."""

from dataclasses import dataclass

from troopwatch.detect.deployments.forces import Force
from troopwatch.detect.deployments.triggers import Trigger
from troopwatch.detect.referents.naming import Who
from troopwatch.detect.standing import Standing


@dataclass
class Mention:
    """A force with its trigger and how real it is: a row before it has an owner."""

    force: Force | None
    trigger: Trigger
    standing: Standing
    owners: list[Who]
