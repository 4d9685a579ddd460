"""Of what Airflow leaves, only what is old and of our own DAGs is removed."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import ValidationError

from troopwatch import retention
from troopwatch.settings import ROOT, Settings

NOW = datetime(2024, 11, 4, 6, tzinfo=UTC)


def log(folder: Path, name: str, age: timedelta) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("x")
    when = (NOW - age).timestamp()
    os.utime(path, (when, when))
    return path


def test_old_logs_go_with_their_empty_folders_and_nothing_else(tmp_path: Path) -> None:
    settings, year = Settings(data=tmp_path, keep_log_days=90), timedelta(days=365)
    ours = tmp_path / f"dag_id={retention.DAGS[0]}"
    old = log(ours, "run_id=b/task_id=c/attempt=1.log", year)
    fresh = log(ours, "run_id=d/task_id=c/attempt=1.log", timedelta(days=89))
    other = log(ours, "run_id=e/airflow.db", year)
    (ours / "latest.log").symlink_to(old)
    assert retention.retire_logs(tmp_path, settings, NOW) == 1
    assert [path.exists() for path in (old, fresh, other)] == [False, True, True]
    assert [path.name for path in sorted(ours.iterdir())] == ["latest.log", "run_id=d", "run_id=e"]


def test_logs_of_others_are_not_ours_to_remove(tmp_path: Path) -> None:
    year = timedelta(days=365)
    theirs = [
        log(tmp_path, name, year) for name in ("dag_id=sales/run_id=b/attempt=1.log", "scheduler/latest/ours.log")
    ]
    (tmp_path / "dag_id=sales" / "run_id=empty").mkdir()
    assert retention.retire_logs(tmp_path, Settings(data=tmp_path, keep_log_days=90), NOW) == 0
    assert all(path.exists() for path in theirs) and (tmp_path / "dag_id=sales" / "run_id=empty").exists()


def test_our_dags_are_those_of_the_folder() -> None:
    assert list(retention.DAGS) == sorted(path.stem for path in (ROOT / "dags").glob("*.py"))


def test_logs_are_kept_for_ever_where_that_is_said(tmp_path: Path) -> None:
    old = log(tmp_path, f"dag_id={retention.DAGS[0]}/attempt=1.log", timedelta(days=3650))
    assert retention.retire_logs(tmp_path, Settings(data=tmp_path, keep_log_days=0), NOW) == 0
    assert old.exists()


def test_records_are_cleaned_only_where_it_is_said(tmp_path: Path) -> None:
    assert retention.record_cleaning(Settings(data=tmp_path), NOW) == []
    arguments = retention.record_cleaning(Settings(data=tmp_path, keep_record_days=365), NOW)
    assert arguments[:4] == ["db", "clean", "--clean-before-timestamp", "2023-11-05T06:00:00+00:00"]
    assert "--yes" in arguments, "nobody is there to be asked"


@pytest.mark.parametrize("days_kept", [1, 7, -1])
def test_records_outlive_a_run_that_waits_for_a_person(days_kept: int) -> None:
    with pytest.raises(ValidationError):
        Settings(keep_record_days=days_kept)
    assert Settings(keep_record_days=8).keep_record_days == 8
