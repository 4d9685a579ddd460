"""The downloads of an edition: the same rows in every format, hostile or not, and the same bytes each time."""

import csv
import json
import subprocess
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import duckdb
import frictionless
import pandas as pd
import pyarrow.parquet as pq
import pytest
import python_calamine
from exports_file import EDITION, HOSTILE, facts, make

from troopwatch import settings
from troopwatch.publish import exports
from troopwatch.publish.exports import guard
from troopwatch.tables import PUBLISHED, SCHEMA_VERSION

PLACE = {
    "text": "Kursk; =1+1",
    "start": 3,
    "end": 8,
    "country": "RUS",
    "geonameid": None,
    "role": "in",
    "disputed": False,
}
AT = datetime(2024, 10, 18, 0, 30, 15, 250000, UTC)
MENTIONS = [
    {"record_id": f"{n:040x}", "day": date(2024, 10, 17 + n % 3), "force_owner_code": owner, "count_max": 10**n}
    | {"places": [PLACE] * n, "published_at": AT, "doc_date": date(1871, 1, 18) if n else None, "confidence": n / 7}
    for n, owner in enumerate(["PRK", "---MIL", None])
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Downloads of a small file with hostile texts and mentions."""
    home = tmp_path_factory.mktemp("exports")
    database = make(home / "some.duckdb", meta=facts(HOSTILE), deployments=reversed(MENTIONS))
    made = exports.write(database, home / "out", EDITION)
    expected = {name: len({"meta": HOSTILE, "deployments": MENTIONS}.get(name, ())) for name in PUBLISHED}
    assert made == dict.fromkeys(("duckdb", "parquet", "csv", "xlsx"), expected)
    return home / "out"


def csv_rows(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / "csv" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def sheet(folder: Path, name: str) -> list[list[Any]]:
    rows: list[list[Any]] = (
        python_calamine.CalamineWorkbook.from_path(folder / "troopwatch.xlsx").get_sheet_by_name(name).to_python()
    )
    return rows


def test_every_table_is_in_every_format(folder: Path) -> None:
    book = python_calamine.CalamineWorkbook.from_path(folder / "troopwatch.xlsx")
    assert {p.stem for p in (folder / "parquet").iterdir()} == set(PUBLISHED)
    assert {p.stem for p in (folder / "csv").iterdir()} == set(PUBLISHED)
    assert book.sheet_names == ["about", "columns", *PUBLISHED]
    with duckdb.connect(str(folder / "troopwatch.duckdb"), read_only=True) as connection:
        assert {name for (name,) in connection.execute("SHOW TABLES").fetchall()} == set(PUBLISHED)


@pytest.mark.parametrize("name", PUBLISHED)
def test_columns_are_those_of_the_table_in_every_format(folder: Path, name: str) -> None:
    schema = pq.read_schema(folder / "parquet" / f"{name}.parquet")
    assert schema.equals(PUBLISHED[name].schema, check_metadata=False)
    assert [schema.field(n).metadata[b"comment"].decode() for n in schema.names] == [
        c.meaning for c in PUBLISHED[name].columns
    ]
    first = (folder / "csv" / f"{name}.csv").read_text(encoding="utf-8").splitlines()[0]
    assert next(csv.reader([first])) == sheet(folder, name)[0] == PUBLISHED[name].names


def test_hostile_text_is_whole_in_parquet(folder: Path) -> None:
    rows = pq.read_table(folder / "parquet" / "meta.parquet").to_pylist()
    assert {row["key"]: row["value"] for row in rows} == HOSTILE


def test_hostile_text_is_guarded_in_csv_and_whole_without_the_guard(folder: Path) -> None:
    found = {row["key"]: row["value"] for row in csv_rows(folder, "meta")}
    assert found == {key: guard.guarded(words) for key, words in HOSTILE.items()}
    assert {key: guard.plain(words) for key, words in found.items()} == HOSTILE
    assert not [
        words for words in found.values() if words.lstrip(' "\x00\x1f\u200b\ufeff').startswith(tuple("=+-@＝\t\r\n"))
    ]


@pytest.mark.parametrize("reader", ["duckdb", "pandas"])
def test_hostile_text_in_csv_is_read_alike_by_others(folder: Path, reader: str) -> None:
    path = folder / "csv" / "meta.csv"
    if reader == "duckdb":
        read = "SELECT key, value FROM read_csv(?, all_varchar = true, allow_quoted_nulls = false, strict_mode = true)"
        found = dict(duckdb.connect().execute(read, [str(path)]).fetchall())
    else:
        frame = pd.read_csv(path, dtype=str, keep_default_na=False)
        found = dict(zip(frame.key, frame.value, strict=True))
    assert found == {row["key"]: row["value"] for row in csv_rows(folder, "meta")}


def test_hostile_text_is_whole_in_the_workbook_and_never_a_formula(folder: Path) -> None:
    found = {row[0]: row[1] for row in sheet(folder, "meta")[1:]}
    # What XML cannot hold stands there as Excel writes it; python-calamine leaves that as it is for these two.
    assert found == HOSTILE | {"not for XML": "_xFFFE__xFFFF_"}
    with ZipFile(folder / "troopwatch.xlsx") as book:
        inside = {name: book.read(name).decode("utf-8") for name in book.namelist()}
    assert [
        name for name, text in inside.items() if "<f>" in text or "<hyperlink" in text or "externalLink" in name
    ] == []
    assert 'quotePrefix="1"' in inside["xl/styles.xml"]


def test_null_and_empty_text_are_told_apart_in_csv(tmp_path: Path) -> None:
    rows = [{"key": "empty", "value": "", "meaning": "m"}, {"key": "null", "value": None, "meaning": "m"}]
    exports.write(make(tmp_path / "x.duckdb", meta=rows), tmp_path / "out", EDITION)
    assert (
        tmp_path / "out/csv/meta.csv"
    ).read_bytes() == b'"key","value","meaning"\r\n"empty","","m"\r\n"null",,"m"\r\n'


def test_rows_stand_in_the_order_of_the_key(folder: Path) -> None:
    ids = [row["record_id"] for row in MENTIONS]
    assert [row["record_id"] for row in csv_rows(folder, "deployments")] == ids
    assert [row[0] for row in sheet(folder, "deployments")[1:]] == ids
    assert pq.read_table(folder / "parquet/deployments.parquet")["record_id"].to_pylist() == ids


def test_lists_are_json_times_utc_and_codes_guarded_in_csv(folder: Path) -> None:
    first, second, third = csv_rows(folder, "deployments")
    assert json.loads(third["places"]) == [PLACE | {"text": "Kursk;' =1+1"}] * 2
    assert json.loads(guard.plain(second["places"])) == [PLACE]
    assert first["places"] == "[]" and first["doc_date"] == "" and second["doc_date"] == "1871-01-18"
    assert first["published_at"] == "2024-10-18T00:30:15.250000Z" and first["captured_at"] == "2024-10-18T00:30:00Z"
    assert (second["force_owner_code"], third["force_owner_code"]) == ("'---MIL", "")
    assert float(third["confidence"]) == 2 / 7 and third["count_max"] == "100"


def test_values_are_what_they_are_in_the_workbook(folder: Path) -> None:
    rows = [dict(zip(PUBLISHED["deployments"].names, row, strict=True)) for row in sheet(folder, "deployments")[1:]]
    assert [row["day"] for row in rows] == [date(2024, 10, 17), date(2024, 10, 18), date(2024, 10, 19)]
    assert rows[0]["captured_at"] == datetime(2024, 10, 18, 0, 30, tzinfo=UTC).replace(tzinfo=None)
    assert rows[0]["published_at"] == "2024-10-18T00:30:15.250000+00:00", "Excel shows no fraction, so it is text"
    assert rows[1]["doc_date"] == "1871-01-18", "before Excel's calendar"
    assert [row["count_max"] for row in rows] == [1, 10, 100] and rows[1]["force_owner_code"] == "---MIL"
    assert json.loads(rows[2]["places"]) == [PLACE] * 2


def test_the_package_is_valid(folder: Path) -> None:
    report = frictionless.validate(str(folder / "datapackage.json"))
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "note"])
    assert len(report.tasks) == len(PUBLISHED)
    said = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    assert said["version"] == SCHEMA_VERSION and said["edition"] == EDITION | {
        "made_at": "2024-11-05T00:30:00Z",
        "days": "2024-11-03, 2024-11-04",
    }
    described = {r["path"]: {f["name"]: f["description"] for f in r["schema"]["fields"]} for r in said["resources"]}
    assert described == {f"csv/{n}.csv": {c.name: c.meaning for c in t.columns} for n, t in PUBLISHED.items()}


SPOILED: dict[str, Callable[[bytes], bytes]] = {
    "a row is gone": lambda data: data.removesuffix(b"\r\n").rpartition(b"\r\n")[0] + b"\r\n",
    "a value that is not allowed": lambda data: data.replace(b'"asserted"', b'"surely"', 1),
    "a code that is none": lambda data: data.replace(b"'---MIL", b"nobody", 1),
    "a date that is none": lambda data: data.replace(b"1871-01-18", b"1871-02-30", 1),
    "a row twice": lambda data: data + data.splitlines(keepends=True)[-1],
}


@pytest.mark.parametrize("what", SPOILED)
def test_a_spoiled_file_is_not_valid(folder: Path, tmp_path: Path, what: str) -> None:
    """The description says enough for frictionless to find what is wrong, by more than the digest."""
    said = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    (resource,) = (r for r in said["resources"] if r["name"] == "deployments")
    spoiled = SPOILED[what]((folder / resource["path"]).read_bytes())
    assert spoiled != (folder / resource["path"]).read_bytes()
    del resource["hash"], resource["bytes"]
    (tmp_path / "csv").mkdir()
    (tmp_path / resource["path"]).write_bytes(spoiled)
    (tmp_path / "datapackage.json").write_text(json.dumps(said | {"resources": [resource]}), encoding="utf-8")
    assert not frictionless.validate(str(tmp_path / "datapackage.json")).valid


def test_sums_are_those_of_all_files(folder: Path) -> None:
    done = subprocess.run(
        ["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    listed = [line.split("  ", 1)[1] for line in (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()]
    there = [p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()]
    assert listed == sorted(set(there) - {"SHA256SUMS"})


def test_queries_and_a_word_to_the_reader_go_along(folder: Path) -> None:
    queries = {p.name: p.read_bytes() for p in settings.QUERIES.glob("*.sql")}
    assert {p.name: p.read_bytes() for p in (folder / "queries").iterdir()} == queries
    words = (folder / "README.txt").read_text(encoding="utf-8")
    assert "\nedition             7\nmade_at             2024-11-05T00:30:00Z\n" in words
    assert all(f"  {name}\n" in words for name in PUBLISHED)


def test_a_second_time_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    exports.write(folder / "troopwatch.duckdb", tmp_path, EDITION)
    before = {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    assert {p.relative_to(tmp_path): p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()} == before
    exports.write(folder / "troopwatch.duckdb", tmp_path, EDITION)
    assert {p.relative_to(tmp_path): p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()} == before


def test_the_duckdb_file_may_lie_there_already(tmp_path: Path) -> None:
    """As in the folder of an edition that is being made: it is read, and stays as it is."""
    database = make(tmp_path / "troopwatch.duckdb", meta=facts(HOSTILE))
    before = database.read_bytes()
    exports.write(database, tmp_path, EDITION)
    assert database.read_bytes() == before
    assert "  troopwatch.duckdb\n" in (tmp_path / "SHA256SUMS").read_text(encoding="utf-8")
