"""What is not kept for ever: only what is old, never what is published or cited, the same after a kill."""

import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from pydantic import ValidationError

from retention_lake import OLD, TODAY, capture, judge, publish
from troopwatch import days, retention
from troopwatch.flow import Run
from troopwatch.lake import Lake
from troopwatch.publish import standing
from troopwatch.quality import verdicts
from troopwatch.quality.suites import GATES
from troopwatch.retention import RetentionError
from troopwatch.settings import Settings
from troopwatch.tables import LAKE

NOW = datetime(2024, 11, 4, 6, tzinfo=UTC)


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
    old = capture(settings.data, OLD)
    publish(settings.data).write_bytes(b"no database" * 1000)
    with pytest.raises(RetentionError, match="cannot be read"):
        retention.retire_captures(settings, TODAY)
    assert old.exists()


@pytest.mark.parametrize("keep_cited_raw", [True, False])
def test_nothing_goes_and_nothing_is_wrong_before_the_first_publishing(tmp_path: Path, keep_cited_raw: bool) -> None:
    old = capture(tmp_path, OLD)
    settings = Settings(data=tmp_path, keep_raw_days=40, keep_cited_raw=keep_cited_raw)
    assert retention.retire_captures(settings, TODAY) == 0
    assert old.exists()


def test_the_published_file_is_asked_only_about_old_captures(settings: Settings) -> None:
    capture(settings.data, TODAY - days.ONE)
    publish(settings.data).write_bytes(b"no database" * 1000)
    assert retention.retire_captures(settings, TODAY) == 0


def test_logs_go_even_where_captures_cannot(settings: Settings) -> None:
    capture(settings.data, OLD)
    publish(settings.data).write_bytes(b"no database" * 1000)
    logs = settings.data / "logs"
    old = logs / "dag_id=troopwatch_daily" / "run_id=b" / "attempt=1.log"
    old.parent.mkdir(parents=True)
    old.touch()
    os.utime(old, (days.start(OLD).timestamp(),) * 2)
    with pytest.raises(RetentionError):
        Run(TODAY, settings, NOW).retain(str(logs))
    assert not old.exists()


def test_a_closed_day_keeps_what_it_is_mended_from(settings: Settings) -> None:
    old, lake = capture(settings.data, OLD), Lake(settings.data)
    publish(settings.data)
    judge(lake, OLD, documents=True)
    assert retention.retire_captures(settings, TODAY) == 0 and old.exists()
    judge(lake, OLD)
    verdicts.refuse_edition(OLD, lake, [])
    assert retention.retire_captures(settings, TODAY) == 0 and old.exists()
    verdicts.forget_refusals(lake)
    assert retention.retire_captures(settings, TODAY) == 1


@pytest.mark.parametrize("gate", sorted(GATES))
def test_a_day_that_is_not_judged_keeps_its_captures(settings: Settings, gate: str) -> None:
    old, lake = capture(settings.data, OLD), Lake(settings.data)
    publish(settings.data)
    lake.drop(LAKE["verdicts"], OLD, gate)
    assert retention.retire_captures(settings, TODAY) == 0 and old.exists()


def test_a_day_of_an_older_schema_keeps_its_captures(settings: Settings) -> None:
    old, lake = capture(settings.data, OLD), Lake(settings.data)
    publish(settings.data)
    documents = lake.replace(LAKE["documents"], OLD, [])
    pq.write_table(LAKE["documents"].schema.empty_table().drop_columns(["signature"]), documents)
    judge(lake, OLD)
    assert retention.retire_captures(settings, TODAY) == 0 and old.exists()


def test_what_was_captured_lately_of_an_old_day_stays_with_the_rest_of_it(settings: Settings) -> None:
    old, fresh = capture(settings.data, OLD), capture(settings.data, OLD, "kalda_brief")
    publish(settings.data)
    hour_ago = (NOW - timedelta(hours=1)).timestamp()
    os.utime(fresh, (hour_ago, hour_ago))
    assert retention.retire_captures(settings, TODAY) == 0
    assert old.exists() and fresh.exists()


def test_a_day_that_is_not_published_keeps_its_captures(settings: Settings) -> None:
    without_report = capture(settings.data, OLD)
    publish(settings.data)
    standing.report_path(settings.published, OLD).unlink()
    not_held = capture(settings.data, OLD + days.ONE)
    report = standing.report_path(settings.published, OLD + days.ONE)
    report.parent.mkdir()
    report.touch()
    assert retention.retire_captures(settings, TODAY) == 0
    assert without_report.exists() and not_held.exists()


def test_the_newest_edition_and_its_reports_are_never_touched(settings: Settings) -> None:
    capture(settings.data, date(2024, 1, 1))
    publish(settings.data)
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
