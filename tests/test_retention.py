"""What is not kept for ever: only what is old, never what is published or cited, the same after a kill."""

import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb
import pytest
from pydantic import ValidationError

from troopwatch import days, retention
from troopwatch.retention import RetentionError
from troopwatch.settings import Settings

TODAY = date(2024, 11, 4)
NOW = datetime(2024, 11, 4, 6, tzinfo=UTC)


def capture(data: Path, day: date, part: str = "narae_wire") -> Path:
    path = data / "scrape" / "captures" / f"day={day}" / f"{part}.warc.gz"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"WARC")
    return path


def publish(data: Path, *cited: Path) -> Path:
    """A published file that cites these captures, in one table each."""
    file = data / "published" / "troopwatch.duckdb"
    file.parent.mkdir(exist_ok=True)
    with duckdb.connect(str(file)) as connection:
        for n, table in enumerate(retention.CITING):
            connection.execute(f"CREATE TABLE {table} (warc_file VARCHAR)")
            for path in cited[n : n + 1]:
                connection.execute(f"INSERT INTO {table} VALUES (?)", [path.relative_to(data).as_posix()])
    return file


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path, keep_raw_days=40)


def test_raw_captures_are_kept_for_ever_unless_somebody_says_otherwise(tmp_path: Path) -> None:
    old = capture(tmp_path, date(2001, 1, 1))
    assert retention.retire_captures(Settings(data=tmp_path), TODAY) == 0
    assert old.exists()


def test_what_is_old_goes_and_what_is_cited_or_young_stays(settings: Settings) -> None:
    oldest = TODAY - 40 * days.ONE
    old, other = (capture(settings.data, oldest - days.ONE, part) for part in ("narae_wire", "kalda_brief"))
    cited = [capture(settings.data, oldest - n * days.ONE, "harbour_courier") for n in (2, 3, 4)]
    young = capture(settings.data, oldest)
    file = publish(settings.data, *cited)
    before = file.read_bytes()
    assert retention.retire_captures(settings, TODAY) == 2
    assert [path.exists() for path in (old, other, *cited, young)] == [False, False, True, True, True, True]
    assert not old.parent.exists(), "an empty folder is no day"
    assert file.read_bytes() == before
    assert retention.retire_captures(settings, TODAY) == 0


def test_cited_captures_go_only_where_it_is_said(settings: Settings) -> None:
    cited = capture(settings.data, date(2024, 1, 1))
    file = publish(settings.data, cited)
    assert retention.retire_captures(settings.model_copy(update={"keep_cited_raw": False}), TODAY) == 1
    assert file.exists() and not cited.exists()


def test_nothing_goes_while_nobody_knows_what_is_cited(settings: Settings) -> None:
    old = capture(settings.data, date(2024, 1, 1))
    with pytest.raises(RetentionError, match="nothing is published"):
        retention.retire_captures(settings, TODAY)
    settings.published.mkdir()
    (settings.published / "troopwatch.duckdb").write_bytes(b"no database" * 1000)
    with pytest.raises(RetentionError, match="cannot be read"):
        retention.retire_captures(settings, TODAY)
    assert old.exists()


def test_the_newest_edition_and_its_reports_are_never_touched(settings: Settings) -> None:
    capture(settings.data, date(2024, 1, 1))
    publish(settings.data)
    report = settings.published / "reports" / "2024-01-01" / "index.html"
    report.parent.mkdir(parents=True)
    report.write_text("<h1>report</h1>")
    ages_ago = datetime(2000, 1, 1, tzinfo=UTC).timestamp()
    for path in settings.published.rglob("*"):
        os.utime(path, (ages_ago, ages_ago))
    before = sorted(path for path in settings.published.rglob("*"))
    assert retention.retire_captures(settings, TODAY) == 1
    assert sorted(path for path in settings.published.rglob("*")) == before


def test_a_day_with_a_killed_visit_is_left_whole(settings: Settings) -> None:
    old = capture(settings.data, date(2024, 1, 1))
    journal = old.with_name(".narae_wire@20240101T000000Z.journal")
    journal.write_text("{}")
    publish(settings.data)
    assert retention.retire_captures(settings, TODAY) == 0
    journal.unlink()
    (old.parent.parent / "notes").mkdir()  # somebody else's folder is no day
    assert retention.retire_captures(settings, TODAY) == 1


def test_a_killed_run_is_finished_by_the_next(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    old = [capture(settings.data, date(2024, 1, n)) for n in (1, 2, 3)]
    publish(settings.data)
    unlink = Path.unlink

    def killed(path: Path, **_: object) -> None:
        if path == old[1]:
            raise KeyboardInterrupt
        unlink(path)

    with monkeypatch.context() as broken, pytest.raises(KeyboardInterrupt):
        broken.setattr(Path, "unlink", killed)
        retention.retire_captures(settings, TODAY)
    assert [path.exists() for path in old] == [False, True, True]
    assert retention.retire_captures(settings, TODAY) == 2


@pytest.mark.parametrize("days_kept", [1, 30, -1])
def test_raw_captures_outlive_what_is_compared_with_them(days_kept: int) -> None:
    with pytest.raises(ValidationError):
        Settings(keep_raw_days=days_kept)


def log(folder: Path, name: str, age: timedelta) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("x")
    when = (NOW - age).timestamp()
    os.utime(path, (when, when))
    return path


def test_old_logs_go_with_their_empty_folders_and_nothing_else(tmp_path: Path) -> None:
    settings, year = Settings(data=tmp_path, keep_log_days=90), timedelta(days=365)
    old = log(tmp_path, "dag_id=a/run_id=b/task_id=c/attempt=1.log", year)
    fresh = log(tmp_path, "dag_id=a/run_id=d/task_id=c/attempt=1.log", timedelta(days=89))
    other = log(tmp_path, "dag_id=a/run_id=e/airflow.db", year)
    (tmp_path / "latest.log").symlink_to(fresh)
    assert retention.retire_logs(tmp_path, settings, NOW) == 1
    assert [path.exists() for path in (old, fresh, other, tmp_path / "latest.log")] == [False, True, True, True]
    assert [path.name for path in sorted(tmp_path.glob("dag_id=a/*"))] == ["run_id=d", "run_id=e"]


def test_logs_are_kept_for_ever_where_that_is_said(tmp_path: Path) -> None:
    old = log(tmp_path, "dag_id=a/attempt=1.log", timedelta(days=3650))
    assert retention.retire_logs(tmp_path, Settings(data=tmp_path, keep_log_days=0), NOW) == 0
    assert old.exists()


def test_records_are_cleaned_only_where_it_is_said(tmp_path: Path) -> None:
    assert retention.record_cleaning(Settings(data=tmp_path), NOW) == []
    arguments = retention.record_cleaning(Settings(data=tmp_path, keep_record_days=365), NOW)
    assert arguments[:4] == ["db", "clean", "--clean-before-timestamp", "2023-11-05T06:00:00+00:00"]
    assert "--yes" in arguments, "nobody is there to be asked"
