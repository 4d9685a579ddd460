"""The rules for deployments: forces, what happens to them, whose they are, where, and how far it has come."""

from troopwatch.detect.deployments.mentions import find

__all__ = ["find"]
