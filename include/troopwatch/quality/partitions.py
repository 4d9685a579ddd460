"""What a partition file is, by its bytes. Every run asks this about every day, twice: see `remembered`."""

import base64
from functools import lru_cache
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from troopwatch import remembered
from troopwatch.lake import Lake, fingerprint
from troopwatch.tables import Table


def digest(lake: Lake, path: Path) -> str:
    """sha256 of a partition file; empty, and so never what was judged, for one that cannot be read."""
    try:
        return remembered.of(lake.root, path, "sha256", fingerprint)
    except OSError:
        return ""


def fits(lake: Lake, table: Table, path: Path) -> bool:
    """Whether a partition file has the columns that its table has now."""
    try:
        return _is_schema(table.name, table.schema, remembered.of(lake.root, path, "schema", _schema_of))
    except (pa.ArrowException, OSError):
        return False


def _schema_of(path: Path) -> str:
    return base64.b64encode(pq.read_schema(path).remove_metadata().serialize()).decode()


@lru_cache(256)  # a history has a few schemas in tens of thousands of files
def _is_schema(_: str, schema: pa.Schema, words: str) -> bool:
    return bool(pa.ipc.read_schema(pa.py_buffer(base64.b64decode(words))).equals(schema))
