"""What Excel cannot hold is said in the workbook and is whole in the other formats."""

from pathlib import Path
from typing import Any

import duckdb
import pytest
import python_calamine
from exports_file import EDITION, facts, make

from troopwatch.publish import exports
from troopwatch.publish.exports import cells, workbook

LIMIT = 32_767
LONG = {
    "as long as may be": "x" * LIMIT,
    "one too many": "y" * (LIMIT + 1),
    "emoji, two units each": "😀" * 20_000,
    "emoji, as many as may be": "😀" * (LIMIT // 2) + "x",
    "emoji, where the cut would halve one": "z" + "😀" * 20_000,
    "long and a formula": "=" + "1+" * LIMIT,
    "long escapes": "\x01" * LIMIT,
}
CUT = {"one too many", "emoji, two units each", "emoji, where the cut would halve one", "long and a formula"}


def rows(path: Path, sheet: str) -> list[list[Any]]:
    found: list[list[Any]] = python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_name(sheet).to_python()
    return found


def about(path: Path) -> dict[str, tuple[Any, str]]:
    """Of each table the rows and the note that the first sheet has."""
    return {row[0]: (row[1], row[3]) for row in rows(path, "about")[1:]}


def test_a_text_longer_than_a_cell_is_cut_and_says_so(tmp_path: Path) -> None:
    exports.write(make(tmp_path / "x.duckdb", meta=facts(LONG)), tmp_path, EDITION)
    found = {row[0]: row[1] for row in rows(tmp_path / "troopwatch.xlsx", "meta")[1:]}
    assert {key for key, words in found.items() if words != LONG[key]} == CUT
    for key in CUT:
        units = len(LONG[key].encode("utf-16-le")) // 2
        kept, note = found[key].split(" [")
        assert (
            LONG[key].startswith(kept) and note == f"cut here: {units:,} characters, all of them in the Parquet file]"
        )
        assert LIMIT - 1 <= len(found[key].encode("utf-16-le")) // 2 <= LIMIT
    assert about(tmp_path / "troopwatch.xlsx")["meta"] == (len(LONG), "4 cells are cut at Excel's limit, and say so")
    assert "4 cells are cut" in (tmp_path / "README.txt").read_text(encoding="utf-8")
    whole = duckdb.sql(f"SELECT key, value FROM '{tmp_path}/parquet/meta.parquet'").fetchall()
    assert dict(whole) == LONG


def test_more_rows_than_a_sheet_has_are_said_and_not_cut(tmp_path: Path) -> None:
    """One row more than Excel takes, for real: the table is in all formats but the workbook, which says so."""
    database, many = make(tmp_path / "x.duckdb", demands=[{"record_id": "c" * 40}]), workbook.MOST_ROWS + 1
    with duckdb.connect(str(database)) as connection:
        connection.execute(f"INSERT INTO meta SELECT 'k' || n, 'v' || n, '' FROM range({many}) AS of(n)")
    made = exports.write(database, tmp_path, EDITION)
    assert [made[form].get("meta") for form in ("duckdb", "parquet", "csv", "xlsx")] == [many, many, many, None]
    assert made["xlsx"]["demands"] == 1
    assert duckdb.sql(f"SELECT count(*), count(DISTINCT key) FROM '{tmp_path}/csv/meta.csv'").fetchall() == [
        (many, many)
    ]
    book = tmp_path / "troopwatch.xlsx"
    assert "meta" not in python_calamine.CalamineWorkbook.from_path(book).sheet_names
    count, note = about(book)["meta"]
    assert count == many and note.startswith(
        "not in this workbook: 1,048,576 rows, and a sheet of Excel holds 1,048,575"
    )
    assert "meta                    not in this workbook" in (tmp_path / "README.txt").read_text(encoding="utf-8")


def test_as_many_rows_as_a_sheet_has_are_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 5)
    database = make(tmp_path / "x.duckdb", meta=facts({f"k{n}": "v" for n in range(5)}))
    assert exports.write(database, tmp_path, EDITION)["xlsx"]["meta"] == 5
    database = make(tmp_path / "x.duckdb", meta=facts({f"k{n}": "v" for n in range(6)}))
    assert "meta" not in exports.write(database, tmp_path, EDITION)["xlsx"]


@pytest.mark.parametrize(
    ("rows_of_it", "columns", "fits"),
    [(1_048_575, 1, True), (1_048_576, 1, False), (40_000, 70, False), (20_000, 70, True)],
)
def test_what_is_too_large_for_a_sheet(rows_of_it: int, columns: int, fits: bool) -> None:
    assert (workbook.too_large(rows_of_it, columns) == "") is fits


def test_numbers_that_excel_would_round_are_text(tmp_path: Path) -> None:
    largest = {"warc_offset": 999_999_999_999_999, "sentence_start": 10**15, "sentence_end": 2**63 - 1}
    exports.write(make(tmp_path / "x.duckdb", demands=[largest | {"record_id": "c" * 40}]), tmp_path, EDITION)
    head, row = rows(tmp_path / "troopwatch.xlsx", "demands")
    found = dict(zip(head, row, strict=True))
    assert {name: found[name] for name in largest} == {
        "warc_offset": 999_999_999_999_999,
        "sentence_start": "1000000000000000",
        "sentence_end": "9223372036854775807",
    }


@pytest.mark.parametrize(("number", "cell"), [(float("nan"), "nan"), (float("inf"), "inf"), (-1.5, -1.5)])
def test_numbers_that_excel_does_not_have_are_text(tmp_path: Path, number: float, cell: Any) -> None:
    with workbook.closing(workbook.Workbook(str(tmp_path / "x.xlsx"))) as book:
        cells.Cells(book).write(book.add_worksheet("one"), 0, 0, number)
    assert rows(tmp_path / "x.xlsx", "one") == [[cell]]
