"""Runs of the DAG as Airflow takes them: from each stage on, with and without notices, for days that are gone."""

import logging
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest
from daily_desk import DAY, Desk

from troopwatch import begin, days, notices
from troopwatch.flow import Run
from troopwatch.notices import Notice
from troopwatch.quality import GateClosedError
from troopwatch.tables import PUBLISHED

# Airflow and what it stands on warn of their own deprecations while they are imported; ours are errors everywhere else.
pytestmark = pytest.mark.filterwarnings("default")

TASKS = {
    "scrape": ["scrape.sources", "scrape.source", "scrape.tally"],
    "normalize": ["normalize.run", "normalize.gate"],
    "detect": ["detect.run", "detect.gate"],
    "aggregate": ["aggregate.history", "aggregate.run", "aggregate.gate"],
    "publish": ["publish"],
}


def files(data: Path, stage: str) -> dict[str, tuple[bytes, int]]:
    """Bytes and time of writing of a stage's files."""
    found = (path for path in (data / stage).rglob("*.*") if path.is_file())
    return {str(path): (path.read_bytes(), path.stat().st_mtime_ns) for path in found}


def published(data: Path) -> tuple[Any, dict[str, bytes]]:
    """Rows of every published table, and every page."""
    with duckdb.connect(str(data / "published" / "troopwatch.duckdb"), read_only=True) as connection:
        rows = {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in PUBLISHED}
    return rows, {str(path): path.read_bytes() for path in (data / "published").rglob("*.html")}


def test_a_run_from_each_stage_skips_what_is_before_and_publishes_the_same(desk: Desk) -> None:
    assert desk.run()["run"] == {"success"}
    was = published(desk.data)
    for first in begin.STAGES[1:]:
        kept = [stage for stage in ("scrape", "normalize", "detect") if begin.STAGES.index(stage) < _at(first)]
        before = {stage: files(desk.data, stage) for stage in kept}
        ended = desk.run(from_stage=first)
        for stage, tasks in TASKS.items():
            wanted = {"skipped"} if _at(stage) < _at(first) else {"success"}
            assert [ended[task] for task in tasks] == [wanted] * len(tasks), (first, stage)
        assert ended["run"] == {"success"} and ended["aggregate.approve"] == {"skipped"}
        assert {stage: files(desk.data, stage) for stage in kept} == before
        assert published(desk.data) == was
    assert desk.sent == []


def _at(stage: str) -> int:
    return begin.STAGES.index(stage)


def test_a_run_that_has_nothing_to_begin_with_is_red_says_why_first_and_tells_somebody(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "troopwatch.flow")
    ended = desk.run(from_stage="detect")
    assert ended["run"] == {"failed"} and ended["detect.run"] == {"failed"}
    assert ended["scrape.sources"] == ended["normalize.run"] == {"skipped"}
    told = [record.getMessage() for record in caplog.records if record.name == "troopwatch.flow"]
    assert told[0] == f"sources of {DAY}: this run begins with detect: what scrape left of {DAY} stands as it is"
    assert told[-1].endswith("it was never scraped, begin with scrape")
    (notice,) = desk.sent
    assert (notice.title, notice.dag, notice.day, notice.task) == (
        "task failed",
        "troopwatch_daily",
        str(DAY),
        "detect.run",
    )
    assert "begin with scrape" in notice.error and "/tasks/detect.run" in notice.where


def test_a_day_that_cannot_be_fetched_again_is_a_skipped_source_and_no_data(desk: Desk) -> None:
    ended = desk.run(date(2024, 10, 31), sources="narae_wire", now=days.end(DAY) + timedelta(days=9))
    assert ended["scrape.source"] == {"skipped"} and ended["scrape.tally"] == ended["publish"] == {"success"}
    assert published(desk.data)[0]["articles"] == [] and desk.sent == []


def test_a_closed_gate_is_told_as_one(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Run, "normalize", lambda _: {"read": 9, "documents": 0})
    ended = desk.run()
    assert ended["normalize.gate"] == ended["run"] == {"failed"} and ended["publish"] == {"upstream_failed"}
    (notice,) = desk.sent
    assert (notice.title, notice.task) == ("gate closed", "normalize.gate")
    assert notice.error.startswith("documents gate of 2024-11-01 closed: ") and "partitions.written" in notice.error


def test_a_later_day_that_a_green_run_closes_is_told_as_that_days_gate(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    later, held = date(2024, 11, 4), Run.hold_against_past
    finding = {"check_id": "history.silence.narae_wire", "meaning": "-", "observed": "0", "examples": None}

    def closing(run: Run) -> dict[str, int]:
        run.closed_later.append(GateClosedError(later, "history", [finding | {"rows_checked": 1, "rows_failed": 1}]))
        return held(run)

    monkeypatch.setattr(Run, "hold_against_past", closing)
    assert desk.run()["run"] == {"success"}
    (notice,) = desk.sent
    assert (notice.title, notice.day, notice.task) == ("gate closed", str(later), "aggregate.history")
    assert notice.error == f"history gate of {later} closed: history.silence.narae_wire"
    assert "/tasks/aggregate.history" in notice.where, "the log of the run that closed it"


def test_a_wrong_source_ends_the_day_though_an_earlier_run_left_captures(desk: Desk) -> None:
    desk.run()
    ended = desk.run(sources="nobody")
    assert ended["scrape.sources"] == ended["scrape.tally"] == ended["run"] == {"failed"}
    assert ended["scrape.source"] == ended["publish"] == {"upstream_failed"}
    assert [notice.task for notice in desk.sent] == ["scrape.sources", "scrape.tally"]


def test_a_late_run_is_told_with_what_airflow_knows_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    import asyncio

    from operations import notifier

    sent = list[Notice]()
    monkeypatch.setattr(notices, "send", lambda notice, _: sent.append(notice))
    run = {"dag_id": "troopwatch_daily", "dag_run_id": "scheduled__x", "logical_date": "2024-11-01T00:00:00Z"}
    asyncio.run(notifier.late(context={"dag_run": run}))
    (notice,) = sent
    assert (notice.title, notice.day) == ("run is late", "2024-11-01")
    assert notice.where.endswith("/dags/troopwatch_daily/runs/scheduled__x")


def test_a_wrong_setting_costs_a_line_and_not_the_task(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from types import SimpleNamespace

    from operations.notifier import Notifier

    monkeypatch.setenv("TROOPWATCH_WEBHOOK", "nowhere")
    ti = SimpleNamespace(task_id="t", dag_id="d", run_id="r", map_index=0, log_url="http://log")
    Notifier().notify({"ti": ti, "ds": str(DAY), "exception": ValueError("x")})
    assert "a setting is wrong: TROOPWATCH_WEBHOOK" in caplog.text
