"""Leftovers of killed runs go, everything whole stays; a source that fell silent is named."""

import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from troopwatch import days, upkeep
from troopwatch.lake import Lake
from troopwatch.settings import Settings
from troopwatch.tables import LAKE
from troopwatch.tables.scrape import COUNTS
from troopwatch.upkeep import SilentSourcesError

DAY = date(2022, 3, 5)
NOW = datetime(2022, 3, 6, 6, tzinfo=UTC)


def put(path: Path, age: timedelta) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("x")
    when = (NOW - age).timestamp()
    os.utime(path, (when, when))
    return path


def test_only_what_is_half_written_and_old_is_removed(tmp_path: Path) -> None:
    week = timedelta(days=7)
    old = put(tmp_path / "detect" / "demands" / ".all.parquet.abc.tmp", week)
    candidate = put(tmp_path / "aggregate" / "edition-000003.duckdb", week)
    fresh = put(tmp_path / "detect" / "demands" / ".all.parquet.def.tmp", timedelta(minutes=5))
    whole = put(tmp_path / "detect" / "demands" / "day=2022-02-01" / "all.parquet", week)
    assert upkeep.sweep(Settings(data=tmp_path), NOW) == 2
    assert [p.exists() for p in (old, candidate, fresh, whole)] == [False, False, True, True]


def test_what_a_run_has_just_finished_is_left_to_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = put(tmp_path / ".all.parquet.abc.tmp", timedelta(days=7))
    listed = list(tmp_path.rglob(".*.tmp"))
    gone.unlink()
    monkeypatch.setattr(Path, "rglob", lambda *_: listed)
    assert upkeep.sweep(Settings(data=tmp_path), NOW) == 0


def row(day: date, source: str, outcome: str) -> dict[str, Any]:
    counts = dict.fromkeys((c.name for c in COUNTS), 0) | {"requests": 1, "failures": 1, "failed_http": 1}
    return dict.fromkeys(LAKE["ledger"].names) | {"day": day, "source": source, "outcome": outcome} | counts


def test_a_source_that_brings_nothing_for_days_is_named(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    for n, day in enumerate(days.between(DAY - 2 * days.ONE, DAY)):
        rows = [row(day, "dead", "failed"), row(day, "alive", "captured" if n == 1 else "failed")]
        lake.replace(LAKE["ledger"], day, rows)
    lake.replace(LAKE["ledger"], DAY, [row(DAY, "new", "failed")], part="new")
    with pytest.raises(SilentSourcesError, match="silent for 3 days: dead;"):
        upkeep.listen(Settings(data=tmp_path), DAY)
    upkeep.listen(Settings(data=tmp_path), DAY - 30 * days.ONE)
