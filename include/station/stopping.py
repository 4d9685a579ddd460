"""Ending a station: every process of it, whoever started it and whatever became of its parent."""

from station import processes
from station.database import Database
from station.home import Home

PATIENCE = 12.0
"""Seconds that Airflow has to end by itself; a task that is cut off is tried again after the next start."""


def stop(home: Home) -> int:
    """End all processes of the station, PostgreSQL last, since the others still write to it; how many there were."""
    ended = processes.end(lambda: processes.marked(home.folder), PATIENCE)
    ended += Database(home.postgres).stop()
    home.running_file.unlink(missing_ok=True)
    return ended
