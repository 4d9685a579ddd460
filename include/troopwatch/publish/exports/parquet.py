"""Parquet: a file a table, with types and comments as `tables` says them."""

from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from troopwatch.publish.exports import slabs
from troopwatch.tables import Table


def write(connection: duckdb.DuckDBPyConnection, table: Table, path: Path) -> int:
    """Write a table; the rows that its file says it has."""
    with pq.ParquetWriter(path, table.schema, compression="zstd", write_page_index=True) as writer:
        for slab in slabs.of_table(connection, table):
            writer.write_table(slab, row_group_size=slabs.ROWS)
    rows: int = pq.read_metadata(path).num_rows
    return rows
