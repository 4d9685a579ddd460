"""Leftovers of killed runs go, everything whole stays."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from troopwatch import upkeep
from troopwatch.settings import Settings

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


def test_the_newest_candidate_that_was_let_through_waits_as_long_as_it_takes(tmp_path: Path) -> None:
    names = ["000003.duckdb", "000003.duckdb.judged", "000004.duckdb", "000004.duckdb.judged", "000005.duckdb"]
    made = [put(tmp_path / "aggregate" / f"edition-{name}", timedelta(days=9)) for name in names]
    assert upkeep.sweep(Settings(data=tmp_path), NOW) == 3
    assert [path.exists() for path in made] == [False, False, True, True, False]


def test_every_candidate_that_was_let_through_waits_as_long_as_a_person_may(tmp_path: Path) -> None:
    names = ["000003.duckdb", "000003.duckdb.judged", "000004.duckdb", "000005.duckdb", "000005.duckdb.judged"]
    made = [put(tmp_path / "aggregate" / f"edition-{name}", timedelta(days=7, hours=1)) for name in names]
    assert upkeep.sweep(Settings(data=tmp_path), NOW) == 1
    assert [path.exists() for path in made] == [True, True, False, True, True]


def test_what_is_published_is_never_swept(tmp_path: Path) -> None:
    ages = timedelta(days=3650)
    made = [put(tmp_path / "published" / name, ages) for name in ("troopwatch.duckdb", "index.html", "status.json")]
    made.append(put(tmp_path / "published" / "reports" / "2022-03-05" / "index.html", ages))
    assert upkeep.sweep(Settings(data=tmp_path), NOW) == 0
    assert all(path.exists() for path in made)
