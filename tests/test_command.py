"""The commands, as a person at a shell meets them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from troopwatch.settings import ROOT, Settings


def troopwatch(*words: str, data: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "troopwatch", *words]
    around = {"PYTHONPATH": str(ROOT / "include"), "TROOPWATCH_DATA": str(data), "PATH": "/usr/bin", "COLUMNS": "200"}
    return subprocess.run(command, capture_output=True, text=True, env=around | environment, cwd=ROOT, check=False)


def test_help_names_every_stage(tmp_path: Path) -> None:
    shown = troopwatch("--help", data=tmp_path).stdout
    names = ["day", "scrape", "normalize", "gate", "detect", "aggregate", "publish", "sources"]
    assert [name for name in names if name not in shown] == []


def test_sources_are_listed(tmp_path: Path) -> None:
    assert "state_dept_feed" in troopwatch("sources", data=tmp_path).stdout


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["day", "--date", "yesterday"], "write it as YYYY-MM-DD"),
        (["day", "--date", "2999-01-01"], "is not over yet"),
        (["day", "--date", "2022-02-24", "--sources", "nobody"], "no source and no group is called 'nobody'"),
        (["day", "--from", "2022-02-24", "--to", "2022-02-20"], "is after"),
    ],
)
def test_what_is_wrong_is_said_in_a_line_and_not_in_a_traceback(tmp_path: Path, words: list[str], message: str) -> None:
    done = troopwatch(*words, data=tmp_path)
    assert done.returncode == 2 and message in done.stderr and "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [("PAUSE", "abc"), ("NOW", "2024-01-01"), ("NOW", "soon"), ("CONNECT_TO", "everything=here"), ("PAUSE", "-1")],
)
def test_a_wrong_setting_is_named(tmp_path: Path, name: str, value: str) -> None:
    done = troopwatch("day", "--date", "2022-02-24", data=tmp_path, **{f"TROOPWATCH_{name}": value})
    assert done.returncode == 2 and f"TROOPWATCH_{name}" in done.stderr and "Traceback" not in done.stderr


def test_a_folder_that_cannot_be_written_is_a_line_too(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    done = troopwatch("scrape", "--date", "2022-02-24", "--sources", "state_dept_feed", data=tmp_path / "data")
    assert done.returncode == 1 and "cannot write" in done.stderr and "Traceback" not in done.stderr


def test_a_day_can_be_run_stage_by_stage(tmp_path: Path) -> None:
    if not (Settings().corpus / "state_dept_feed").is_dir():
        pytest.skip("no captures: set TROOPWATCH_CORPUS")
    date = ["--date", "2022-02-24"]
    steps = [["scrape", *date, "--sources", "state_dept_feed"], ["normalize", *date], ["gate", "documents", *date]]
    steps += [["detect", *date], ["gate", "mentions", *date], ["gate", "history", *date], ["aggregate"]]
    for step in steps:
        done = troopwatch(*step, data=tmp_path)
        assert done.returncode == 0, done.stderr
    (candidate,) = (tmp_path / "aggregate").glob("edition-*.duckdb")
    assert troopwatch("publish", str(candidate), *date, data=tmp_path).returncode == 0
    assert (tmp_path / "published" / "reports" / "2022-02-24" / "index.html").exists()


def test_documents_of_ones_own_are_read(tmp_path: Path) -> None:
    text = "The ministry said that 300 Swedish soldiers had arrived in Latvia on Monday."
    lines = [json.dumps({"article_id": "a", "published_at": "2024-05-02", "text": text}), "no JSON"]
    (tmp_path / "docs.jsonl").write_text("\n".join(lines))
    done = troopwatch("detect", str(tmp_path / "docs.jsonl"), "--out", str(tmp_path / "pred.jsonl"), data=tmp_path)
    assert done.returncode == 1 and "line 2" in done.stderr
    (found,) = [json.loads(line) for line in (tmp_path / "pred.jsonl").read_text().splitlines()]
    (row,) = found["deployments"]
    assert (row["force_owner_code"], row["count_min"], row["places"][0]["country"]) == ("SWEMIL", 300, "LVA")
    assert text[row["force_start"] : row["force_end"]] == row["force_text"]
