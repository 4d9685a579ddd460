"""Put a judged candidate in the place of the published file, whole, and never an older one over a newer one."""

import re
import shutil
from pathlib import Path

from troopwatch import lake
from troopwatch.publish import edition
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


def swap(candidate: Path, published: Path) -> None:
    """Replace the published file by a copy of the candidate; who has the old one open goes on reading it.

    Raises PublishError for a damaged candidate, LakeError where the disk is full; the old file is then intact.
    """
    edition.verify(candidate)
    target = published / FILE
    with lake.replacing(target) as file, candidate.open("rb") as source:
        shutil.copyfileobj(source, file, 1 << 20)
        # Left by someone who opened the old file to write in it; DuckDB would apply it to the new one.
        target.with_name(f"{FILE}.wal").unlink(missing_ok=True)
