"""A data folder of old captures, for the tests of what is kept: what was captured, judged and published when."""

import json
import os
from datetime import date
from pathlib import Path

import duckdb

from troopwatch import days, retention, stored
from troopwatch import lake as lakes
from troopwatch.lake import Lake
from troopwatch.publish import standing
from troopwatch.quality import verdicts
from troopwatch.quality.suites import GATES
from troopwatch.tables import LAKE

TODAY = date(2024, 11, 4)
OLD = date(2024, 1, 1)


def capture(data: Path, day: date, part: str = "narae_wire") -> Path:
    """A WARC file of a day, written on it; both gates have let the day through."""
    path = data / "scrape" / "captures" / f"day={day}" / f"{part}.warc.gz"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"WARC")
    os.utime(path, (days.start(day).timestamp(),) * 2)
    judge(Lake(data), day)
    return path


def judge(lake: Lake, day: date, **closed: bool) -> None:
    """Verdicts of both gates about what is there; a gate that is `closed` has seen something."""
    seen = {"table_name": "documents", "check_id": "check", "meaning": "m", "severity": "critical", "passed": False}
    seen |= {"rows_checked": 1, "rows_failed": 1, "observed": "1", "examples": None}
    for name, gate in GATES.items():
        verdicts.write(gate, day, lake, [seen] * closed.get(name, False), verdicts.digests(gate, day, lake))


def publish(data: Path, *cited: Path) -> Path:
    """A published file that cites these captures, in one table each; every day with captures is up in full."""
    file = data / "published" / "troopwatch.duckdb"
    file.parent.mkdir(exist_ok=True)
    with duckdb.connect(str(file)) as connection:
        connection.execute("CREATE TABLE coverage (day DATE, documents BIGINT)")
        for day in {path.parent.name.removeprefix("day=") for path in data.glob("scrape/captures/*/*.warc.gz")}:
            connection.execute("INSERT INTO coverage VALUES (?, 0)", [day])
            report = standing.report_path(file.parent, date.fromisoformat(day))
            report.parent.mkdir(parents=True)
            report.write_text("<h1>report</h1>")
        for n, table in enumerate(retention.CITING):
            connection.execute(f"CREATE TABLE {table} (warc_file VARCHAR)")
            for path in cited[n : n + 1]:
                connection.execute(f"INSERT INTO {table} VALUES (?)", [path.relative_to(data).as_posix()])
    return file


def edition(published: Path, number: int, cited: str = "") -> Path:
    """A kept edition with all that such a folder has; its file names a capture."""
    folder = published / "editions" / f"{number:06d}"
    (folder / "csv").mkdir(parents=True)
    (folder / "reports" / f"{OLD}").mkdir(parents=True)
    for name in ("index.html", "changes.csv", "SHA256SUMS", "csv/articles.csv", f"reports/{OLD}/index.html"):
        (folder / name).write_text(name)
    (folder / "edition.json").write_text('{"manifests": {}}')
    with duckdb.connect(str(folder / "troopwatch.duckdb")) as connection:
        connection.execute("CREATE TABLE coverage (day DATE, documents BIGINT)")
        for table in retention.CITING:
            connection.execute(f"CREATE TABLE {table} AS SELECT ? AS warc_file", [cited])
    return folder


def waiting(data: Path) -> tuple[Path, Path]:
    """A candidate's list of inputs, and the one file that it was made from."""
    file = Lake(data).replace(LAKE["documents"], OLD, [])
    digest = lakes.fingerprint(file)
    assert stored.keep(data, file, digest)
    manifests = stored.keep_manifests(data, {"normalize/documents/x.parquet": digest})
    beside = stored.inputs_of(data / "aggregate" / "edition-000001.duckdb")
    beside.write_text(json.dumps({"manifests": manifests}))
    return beside, file
