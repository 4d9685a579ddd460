"""What a partition file is, by its bytes: found out once for each file as it stands.

Every run asks this about every day, twice: a file is read again only when it is another one.
"""

from functools import lru_cache
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from troopwatch.lake import fingerprint
from troopwatch.tables import Table

MANY = 1 << 17
"""Files that are remembered: some thirty years of days."""
Stamp = tuple[int, int, int, int]
"""What the file system says of a file: a replaced one differs in it, even where size and time are the same."""


def digest(path: Path) -> str:
    """sha256 of a partition file; empty, and so never what was judged, for one that cannot be read."""
    try:
        return _digest(path, _stamp(path))
    except OSError:
        return ""


def fits(table: Table, path: Path) -> bool:
    """Whether a partition file has the columns that its table has now."""
    try:
        return bool(_schema(path, _stamp(path)).equals(table.schema))
    except (pa.ArrowException, OSError):
        return False


def _stamp(path: Path) -> Stamp:
    found = path.stat()
    return found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino


@lru_cache(MANY)
def _digest(path: Path, _: Stamp) -> str:
    return fingerprint(path)


@lru_cache(MANY)
def _schema(path: Path, _: Stamp) -> pa.Schema:
    return pq.read_schema(path)
