"""Scrape: one day of one source into WARC files, with a row for every address and one for the day, zeros included."""

from troopwatch.scrape.stage import poll, run, why_nothing
from troopwatch.scrape.tally import tally

__all__ = ["poll", "run", "tally", "why_nothing"]
