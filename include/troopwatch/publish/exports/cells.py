"""Values as a workbook's cells take them, without loss as far as Excel goes."""

from datetime import UTC, date, datetime
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from troopwatch.publish.exports.guard import is_risky

MOST_CHARACTERS = 32_767
"""Of a cell, counted as Excel does: in UTF-16, where an emoji is two."""
MOST_DIGITS = 10**15
"""Excel's numbers have 15 digits; a longer one is written as text."""
FIRST_YEAR = 1901
"""Excel's calendar begins in 1900, a year that it takes for a leap year."""
CUT = " [cut here: {units:,} characters, all of them in the Parquet file]"


class Cells:
    """Writes values into cells, each as what it is, and counts the texts that were longer than a cell."""

    def __init__(self, book: Workbook) -> None:
        self.cut = 0
        self._risky = _format(book, quote_prefix=True)
        self._day = _format(book, num_format="yyyy-mm-dd")
        self._instant = _format(book, num_format="yyyy-mm-dd hh:mm:ss")

    def write(self, sheet: Worksheet, row: int, column: int, value: Any) -> None:
        """Write one value; None is an empty cell."""
        match value:
            case None:
                pass
            case bool():
                sheet.write_boolean(row, column, value)
            case int() if abs(value) < MOST_DIGITS:
                sheet.write_number(row, column, value)
            case float() if value - value == 0:  # neither infinite nor "not a number", which Excel does not have
                sheet.write_number(row, column, value)
            case datetime() if value.year >= FIRST_YEAR and value.microsecond == 0:
                sheet.write_datetime(row, column, value.astimezone(UTC).replace(tzinfo=None), self._instant)
            case date() if value.year >= FIRST_YEAR and not isinstance(value, datetime):
                sheet.write_datetime(row, column, value, self._day)
            case _:
                self._write_text(sheet, row, column, value.isoformat() if isinstance(value, date) else str(value))

    def _write_text(self, sheet: Worksheet, row: int, column: int, words: str) -> None:
        """Text is never a formula in a file of Excel's; one that looks like it stays text when somebody edits it."""
        whole = self._fitting(words)
        if is_risky(whole):
            sheet.write_string(row, column, whole, self._risky)
        else:
            sheet.write_string(row, column, whole)

    def _fitting(self, words: str) -> str:
        if len(words) <= MOST_CHARACTERS // 2:
            return words
        units = len(words.encode("utf-16-le")) // 2
        if units <= MOST_CHARACTERS:
            return words
        self.cut += 1
        note = CUT.format(units=units)
        kept = words.encode("utf-16-le")[: 2 * (MOST_CHARACTERS - len(note))].decode("utf-16-le", errors="ignore")
        return kept + note


def _format(book: Workbook, **properties: Any) -> Format:
    made: Format = book.add_format(properties)
    return made
