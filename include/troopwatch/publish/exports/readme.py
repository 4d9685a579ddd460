"""README.txt of the downloads: what each file is, and what to know before reading it."""

from collections.abc import Mapping, Sequence

from troopwatch.publish.exports import questions
from troopwatch.publish.exports.workbook import Sheet
from troopwatch.tables import SCHEMA_VERSION

HEAD = """\
Troopwatch: troop deployments and demands as the news has them
==============================================================

Mentions in news articles, found by rules: a row says what a sentence says, not what is so. Each leads to its sentence,
its page and the captured bytes. Rival figures stand side by side. Denied, planned, hypothetical and historical rows
are there too: look at `status`, `phase` and `tense_class` before you count.

"""
FILES = """
Files
-----
troopwatch.duckdb   all tables with their comments; opens in DuckDB 1.4 and later
parquet/            a file a table, with types and comments
csv/                a file a table: RFC 4180, UTF-8 without a mark, lines end in CR LF
troopwatch.xlsx     a sheet a table; "about" and "columns" say what there is
datapackage.json    names, types and meanings of the CSV files' columns (Data Package, Table Schema)
queries/            questions in SQL, to be asked of troopwatch.duckdb
SHA256SUMS          check them all: sha256sum --check SHA256SUMS

All are of one content: the same tables, the same rows, in the same order.

CSV and Excel
-------------
- Times are UTC. Lists (`places`) are JSON.
- In CSV every text is in quotes: "" is an empty text, nothing at all is NULL.
- No text runs as a formula. In CSV an apostrophe stands before a text that begins with = + - @ (or its wide form), a
  tab or a line break, also behind quotes, apostrophes, spaces and what cannot be seen; and before = + - @ after a
  semicolon, a tab or a line break within. Actor codes without a country (---MIL) have one too. Take away one
  apostrophe at each of these places, and the text is exactly what it was. Parquet and DuckDB have it as it is.
- In Excel such a text is as it was, in a cell that stays text when it is edited. Do not open the CSV files in Excel:
  take the workbook.
- In Excel a text above 32,767 characters is cut and says so; a table above 1,048,575 rows or 2 million cells is not
  in the workbook, and the sheet "about" says so. Whole numbers of more than 15 digits, dates before 1901 and times
  with a fraction of a second are texts there.
"""


def text(edition: Mapping[str, str | int], sheets: Sequence[Sheet]) -> str:
    """The whole text."""
    lines = [f"{name:<20}{value}" for name, value in ({"schema_version": SCHEMA_VERSION} | dict(edition)).items()]
    tables = [f"{sheet.rows:>12,}  {sheet.table.name:<24}{sheet.note}".rstrip() for sheet in sheets]
    asked = [f"{question.path.name:<44}{question.words}" for question in questions.all_of()]
    titled = [HEAD + "\n".join(lines), FILES, "Queries\n-------", *asked, "\nRows\n----", *tables, ""]
    return "\n".join(titled)
