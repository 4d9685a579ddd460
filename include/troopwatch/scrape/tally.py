"""What all sources of a day came to, when each has ended in one way or another."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from troopwatch.errors import HopelessError
from troopwatch.lake import Lake, read_file
from troopwatch.settings import Settings
from troopwatch.tables import LAKE
from troopwatch.tables.scrape import COUNTED, FAILURES

UNFINISHED = "its run has not come to an end"
"""The reason in a ledger row that stands for a run that was killed."""


class NothingScrapedError(HopelessError):
    """No source of the day has come to an end."""


def tally(day: date, names: Sequence[str] | None, settings: Settings) -> dict[str, int]:
    """Counts of the day's sources by outcome and of their addresses; a source that was killed holds back no other.

    Raises NothingScrapedError where all were, and where it was never known which there are.
    """
    if not names:
        raise NothingScrapedError(f"the sources of {day} are not known: the task before this one says why")
    table, lake = LAKE["ledger"], Lake(settings.data)
    paths = [path for name in names if (path := lake.path(table, day, name)).exists()]
    rows = [row for path in paths for row in read_file(table, path).to_pylist()]
    ended = [row for row in rows if row["reason"] != UNFINISHED]
    if not ended:
        raise NothingScrapedError(f"none of {len(names)} sources of {day} came to an end: their tasks say why")
    outcomes = Counter(f"sources_{row['outcome']}" for row in ended) + Counter(sources_killed=len(names) - len(ended))
    columns = ("requests", *COUNTED.values(), *(f"failed_{kind}" for kind in FAILURES))
    return dict(outcomes) | {column: sum(row[column] for row in ended) for column in columns}
