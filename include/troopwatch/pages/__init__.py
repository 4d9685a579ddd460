"""The pages that Airflow shows beside the published ones: what the lake says of days, gates, captures and sources.

Each is made when it is asked for, reads and never writes, and is one HTML file that needs no network.
"""

from troopwatch.pages import calendar, day, editions, overview, problem, sources, stale

__all__ = ["calendar", "day", "editions", "overview", "problem", "sources", "stale"]
