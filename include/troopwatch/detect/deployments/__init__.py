"""The rules for deployments: forces, what happens to them, whose they are, where, and how far it has come."""

from typing import Any

from troopwatch.detect.deployments import mentions, pronouns
from troopwatch.detect.reading.parsed import Parsed

__all__ = ["find"]


def find(p: Parsed) -> list[dict[str, Any]]:
    """The deployments of a sentence; offsets are into the sentence."""
    made = mentions.find(p)
    return made + pronouns.of(p, made)
