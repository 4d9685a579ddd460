"""Detect: mentions of deployments and demands, by the codebook, each with its sentence."""

from troopwatch.detect.stage import run

__all__ = ["run"]
