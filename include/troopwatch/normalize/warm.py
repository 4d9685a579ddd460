"""Imported by the server that new processes come from: what a first page would load is loaded in it once."""

from troopwatch.normalize import files, language, stage

__all__ = ["files", "stage"]

language.detect("a text")
