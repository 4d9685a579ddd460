"""What holds of every row, whatever the text."""

from typing import Any

from troopwatch.detect.document import Found
from troopwatch.detect.rows import COLUMNS
from troopwatch.tables.detect import demands, deployments
from troopwatch.tables.model import Table

SPANS = ("trigger", "force", "count", "speaker", "demander", "addressee", "content")


def rows(found: Found) -> list[tuple[Table, dict[str, Any]]]:
    return [(deployments, r) for r in found.deployments] + [(demands, r) for r in found.demands]


def check(text: str, found: Found) -> None:
    for table, row in rows(found):
        assert set(row) == set(COLUMNS[table.name])
        assert text[row["sentence_start"] : row["sentence_end"]] == row["sentence"]
        for span in SPANS:
            if row.get(f"{span}_start") is not None:
                assert 0 <= row[f"{span}_start"] < row[f"{span}_end"] <= len(text)
                assert text[row[f"{span}_start"] : row[f"{span}_end"]] == row[f"{span}_text"]
        for place in row.get("places") or []:
            assert text[place["start"] : place["end"]] == place["text"]
        for column in table.columns:
            if column.name in row and column.values and row[column.name] is not None:
                assert row[column.name] in column.values, column.name
            if column.name in row and not column.null:
                assert row[column.name] is not None, column.name
    ids = [row["record_id"] for _, row in rows(found)]
    assert len(ids) == len(set(ids))
