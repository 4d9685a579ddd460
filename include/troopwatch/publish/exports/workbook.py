"""A workbook for Excel: a sheet a table, one that says what there is, and one that says what each column means."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import duckdb
import pyarrow as pa
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from troopwatch.publish.exports import slabs
from troopwatch.publish.exports.cells import Cells
from troopwatch.tables import Table

MOST_ROWS = 1_048_575
"""Of a table in a sheet: Excel has 1,048,576, and one is the head."""
MOST_CELLS = 2_000_000
"""Of a table in a sheet: so many are written in half a minute, each day anew, and Excel still opens them with ease."""
MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - xlsxwriter takes times without a zone
"""When every workbook says that it was made, so that the same rows give the same bytes."""
WIDTHS = {pa.bool_(): 8, pa.int64(): 12, pa.float64(): 12, pa.date32(): 12, pa.timestamp("us", tz="UTC"): 20}
ROW_END = b"</row>"


@dataclass(frozen=True)
class Sheet:
    """A table as the workbook has it, or why it has not: then `rows` are those of the table all the same."""

    table: Table
    rows: int
    cut: int = 0
    left_out: str = ""

    @property
    def note(self) -> str:
        return self.left_out or (f"{self.cut:,} cells are cut at Excel's limit, and say so" if self.cut else "")


class Book:
    """A workbook that is being written, row by row."""

    def __init__(self, book: Workbook) -> None:
        book.set_properties({"title": "Troopwatch", "created": MADE})
        self.book, self.cells = book, Cells(book)
        self.head: Format = book.add_format({"bold": True, "bottom": 1})

    def sheet(self, name: str, titles: Sequence[str], widths: Sequence[int]) -> Worksheet:
        """A new sheet with its head, which stays in view."""
        made = self.book.add_worksheet(name)
        for at, (title, width) in enumerate(zip(titles, widths, strict=True)):
            made.set_column(at, at, width)
            made.write_string(0, at, title, self.head)
        made.freeze_panes(1, 0)
        return made

    def fill(self, sheet: Worksheet, rows: Iterable[Sequence[Any]]) -> None:
        for at, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                self.cells.write(sheet, at, column, value)

    def add(self, table: Table, counted: int, rows: Iterator[Sequence[Any]]) -> Sheet:
        """A sheet of a table, unless it is too large: a part of it would be taken for the whole."""
        if why := too_large(counted, len(table.columns)):
            return Sheet(table, counted, left_out=why)
        before = self.cells.cut
        made = self.sheet(table.name, table.names, [WIDTHS.get(c.type, 24) for c in table.columns])
        self.fill(made, rows)
        made.autofilter(0, 0, counted, len(table.columns) - 1)
        return Sheet(table, counted, self.cells.cut - before)


def too_large(rows: int, columns: int) -> str:
    """Why a table is not in the workbook; empty: it is."""
    if rows > MOST_ROWS:
        return (
            f"not in this workbook: {rows:,} rows, and a sheet of Excel holds {MOST_ROWS:,}; it is in csv/ and parquet/"
        )
    if rows * columns > MOST_CELLS:
        return f"not in this workbook: {rows * columns:,} cells, more than Excel opens well; it is in csv/ and parquet/"
    return ""


def write(
    connection: duckdb.DuckDBPyConnection,
    tables: Mapping[Table, tuple[Path, int]],
    path: Path,
    edition: Mapping[str, str | int],
) -> list[Sheet]:
    """Write the workbook from the tables' Parquet files, each with its number of rows; what became of each table."""
    with closing(Workbook(str(path), {"constant_memory": True, "tmpdir": str(path.parent)})) as file:
        book = Book(file)
        about = book.sheet("about", ("table", "rows", "what a row is", "note"), (24, 14, 100, 60))
        columns = book.sheet("columns", ("table", "column", "type", "meaning"), (24, 28, 22, 100))
        sheets = [book.add(t, rows, _rows(connection, t, parquet)) for t, (parquet, rows) in tables.items()]
        book.fill(about, _about(sheets, edition))
        book.fill(columns, ((t.name, c.name, str(c.type), c.meaning) for t in tables for c in t.columns))
    return sheets


def counted(path: Path, sheets: Sequence[Sheet]) -> dict[str, int]:
    """Rows by table, as the file has them; tables that were left out are not among them."""
    there = [sheet.table.name for sheet in sheets if not sheet.left_out]
    with ZipFile(path) as book:
        return {name: _row_ends(book, f"xl/worksheets/sheet{n}.xml") - 1 for n, name in enumerate(there, start=3)}


def _row_ends(book: ZipFile, member: str) -> int:
    """How many rows a sheet has. In its texts no < stands as such."""
    found, rest = 0, b""
    with book.open(member) as sheet:
        while chunk := sheet.read(1 << 20):
            found += (rest + chunk).count(ROW_END)
            rest = (rest + chunk)[-len(ROW_END) + 1 :]
    return found


def _rows(connection: duckdb.DuckDBPyConnection, table: Table, parquet: Path) -> Iterator[Sequence[Any]]:
    for slab in slabs.flat(connection, table, parquet):
        yield from zip(*(column.to_pylist() for column in slab.itercolumns()), strict=True)


def _about(sheets: Sequence[Sheet], edition: Mapping[str, str | int]) -> Iterator[Sequence[Any]]:
    yield from ((sheet.table.name, sheet.rows, sheet.table.meaning, sheet.note) for sheet in sheets)
    yield ()
    yield from ((name, value) for name, value in edition.items())
    yield ()
    yield (
        "",
        None,
        "Times are UTC. Lists are JSON. An empty cell is NULL or an empty text; csv/ and parquet/ tell which.",
    )
