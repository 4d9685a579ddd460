"""What the tests of detection read rows with."""

from datetime import date
from typing import Any

from troopwatch.detect.document import Document, Found, find

Row = dict[str, Any]

DAY = date(2024, 11, 1)


def read(text: str, on: date = DAY, voice: str | None = None) -> Found:
    return find(Document("ruling", text, on, voice))


def moves(text: str, **more: Any) -> list[Row]:
    return read(text, **more).deployments


def asks(text: str, **more: Any) -> list[Row]:
    return read(text, **more).demands


def one(rows: list[Row]) -> Row:
    assert len(rows) == 1, [(r["trigger_text"], r["rule"]) for r in rows]
    return rows[0]


def has(row: Row, **expected: Any) -> None:
    assert {k: row[k] for k in expected} == expected


def where(row: Row) -> list[tuple[str, str | None, str]]:
    return [(x["text"], x["country"], x["role"]) for x in row["places"]]


def count(row: Row) -> tuple[int | None, int | None, bool | None]:
    return row["count_min"], row["count_max"], row["count_approx"]


def nothing(text: str, **more: Any) -> None:
    found = read(text, **more)
    assert [r["rule"] for r in found.deployments + found.demands] == []


# The ten worked examples (codebook 7)
