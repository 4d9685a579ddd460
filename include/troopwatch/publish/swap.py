"""Which candidate goes up: one that was judged, and never an older one over a newer one."""

import re
from pathlib import Path

from troopwatch.publish.edition import PublishError

FILE = "troopwatch.duckdb"
_NAME = re.compile(r"edition-(\d+)\.duckdb")


def serial_of(candidate: Path) -> int:
    """The serial number in a candidate's name. Raises PublishError for another name."""
    match = _NAME.fullmatch(candidate.name)
    if not match:
        raise PublishError(f"{candidate} is no candidate: its name is not edition-NNNNNN.duckdb")
    return int(match[1])


def is_newer(candidate: Path, published: Path, serial: int) -> bool:
    """Whether the candidate is to go up where `serial` is published.

    The same serial goes up again while its candidate is there: a run killed halfway ends as if it had not been.
    Raises PublishError where a newer candidate is gone.
    """
    if candidate.exists():
        return serial_of(candidate) >= serial or not (published / FILE).exists()
    if serial_of(candidate) > serial:
        raise PublishError(f"{candidate} is gone: run the aggregate stage again")
    return False
