"""The published file opens, read-only, in every version of DuckDB that it is promised for."""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import duckdb
import pytest
from aggregate_lake import Days, place

from troopwatch.tables import PUBLISHED

VERSIONS = ("1.4.4", "1.5.0")
"""Older ones that are promised; the one that writes the file is asked too."""
ASK = """
import json, sys
import duckdb
with duckdb.connect(sys.argv[1], read_only=True) as connection:
    asked = {name: connection.sql(f"SELECT * FROM {name}").fetchall() for name in sys.argv[2:]}
    comments = "SELECT count(*) FROM duckdb_columns() WHERE NOT internal AND comment IS NULL"
    ((silent,),) = connection.sql(comments).fetchall()
    print(json.dumps([duckdb.__version__, silent, {name: repr(rows) for name, rows in asked.items()}]))
"""


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = Days(tmp_path_factory.mktemp("lake"))
    force = {"force_owner_code": "PRK", "places": [place("RUS")], "count_unit": "persons", "count_min": 10_000}
    made.add(date(2024, 10, 14), "a", "b", forces=(force, {"phase": "present", "status": "denied"}))
    return made.edition()


def answer(published: Path, libraries: Path | None = None) -> list[object]:
    around = {"PYTHONPATH": str(libraries)} if libraries else {}
    command = [sys.executable, "-c", ASK, str(published), *PUBLISHED]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=os.environ | around)
    answered: list[object] = json.loads(done.stdout)
    return answered


@pytest.mark.parametrize("version", VERSIONS)
def test_it_opens_and_says_the_same_in_an_older_duckdb(published: Path, version: str, tmp_path: Path) -> None:
    wanted = ["--target", str(tmp_path), f"duckdb=={version}"]
    install = [sys.executable, "-m", "uv", "pip", "install", "--quiet", "--python", sys.executable, *wanted]
    done = subprocess.run(install, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"duckdb {version} cannot be had here: {done.stderr.strip()[-200:]}")
    used, silent, rows = answer(published, tmp_path)
    assert (used, silent) == (version, 0)
    assert rows == answer(published)[2]


def test_the_version_that_writes_it_is_one_that_is_promised(published: Path) -> None:
    used, silent, rows = answer(published)
    assert (str(used).rsplit(".", 1)[0], silent) == ("2.0", 0)
    assert duckdb.__version__ == used
    assert rows["claims"] != rows["episodes"] != "[]"
