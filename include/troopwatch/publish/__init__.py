"""Publish: the judged edition goes up with the report of its day, and the standing says which day is the good one."""

from troopwatch.publish.candidates import newest
from troopwatch.publish.edition import PublishError
from troopwatch.publish.stage import heal, refresh_standing, run, tell_of_closed
from troopwatch.publish.standing import Standing

__all__ = ["PublishError", "Standing", "heal", "newest", "refresh_standing", "run", "tell_of_closed"]
