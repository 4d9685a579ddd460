"""The rules for demands: the words that ask, who asks whom, and for what."""

from troopwatch.detect.demands.mentions import find

__all__ = ["find"]
