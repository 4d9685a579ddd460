"""CSV after RFC 4180, in UTF-8: texts in quotes and guarded, NULL as nothing at all, times in UTC, lists as JSON."""

from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from troopwatch.publish.exports import slabs
from troopwatch.publish.exports.guard import guarded_column
from troopwatch.tables import Table

STYLE = csv.WriteOptions(eol="\r\n", quoting_style="needed")
"""Texts are always in quotes with that, so that an empty one is `""`, and NULL nothing."""


def write(connection: duckdb.DuckDBPyConnection, table: Table, parquet: Path, path: Path) -> int:
    """Write the rows of the table's Parquet file; how many the CSV file has when it is read again."""
    schema = pa.schema([(c.name, _type(c.type)) for c in table.columns])
    with csv.CSVWriter(path, schema, write_options=STYLE) as writer:
        for slab in slabs.flat(connection, table, parquet):
            writer.write_table(pa.table([_cells(column) for column in slab.itercolumns()], schema=schema))
    return _rows(connection, path)


def _type(arrow: pa.DataType) -> pa.DataType:
    return pa.string() if pa.types.is_nested(arrow) or pa.types.is_timestamp(arrow) else arrow


def _cells(column: pa.ChunkedArray) -> pa.Array:
    whole = column.combine_chunks()
    if pa.types.is_timestamp(whole.type):
        return pc.replace_substring(pc.strftime(whole, "%Y-%m-%dT%H:%M:%SZ"), ".000000Z", "Z")
    return guarded_column(whole) if pa.types.is_string(whole.type) else whole


def _rows(connection: duckdb.DuckDBPyConnection, path: Path) -> int:
    """Rows as DuckDB reads them: every value a text, so that no guess at a type can go wrong."""
    style = "header = true, all_varchar = true, delim = ',', quote = '\"', escape = '\"', parallel = false"
    read = f"SELECT count(*) FROM read_csv(?, {style}, max_line_size = 100000000)"
    ((rows,),) = connection.sql(read, params=[str(path)]).fetchall()
    return int(rows)
