"""Partitions are replaced whole or not at all, and the same rows give the same bytes."""

import os
import random
import threading
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from troopwatch import lake as lakes
from troopwatch.lake import Lake, LakeError
from troopwatch.tables import LAKE
from troopwatch.tables.scrape import COUNTS

LEDGER = LAKE["ledger"]
DAY = date(2022, 3, 1)


def row(name: str, **changes: Any) -> dict[str, Any]:
    made = dict.fromkeys(LEDGER.names) | {"day": DAY, "source": name, "outcome": "captured", "requests": 1}
    made |= dict.fromkeys((c.name for c in COUNTS), 0) | {"requests": 1, "responses": 1}
    return made | {"first_captured_at": datetime(2022, 3, 1, 12, tzinfo=UTC)} | changes


def test_rows_come_back_as_they_went_in(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    lake.replace(LEDGER, DAY, [row("b"), row("a")], part="x")
    lake.replace(LEDGER, DAY, [row("c")], part="y")
    assert lake.rows(LEDGER, DAY) == [row("a"), row("b"), row("c")]
    assert lake.days(LEDGER) == [DAY]
    assert lake.read(LEDGER, DAY).schema.equals(LEDGER.schema)


def test_the_order_of_rows_does_not_change_the_bytes(tmp_path: Path) -> None:
    rows = [row(f"source_{n}") for n in range(200)]
    first = Lake(tmp_path).replace(LEDGER, DAY, rows).read_bytes()
    random.Random(7).shuffle(rows)
    assert Lake(tmp_path).replace(LEDGER, DAY, rows).read_bytes() == first


def test_an_empty_part_says_that_somebody_looked(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    assert lake.parts(LEDGER, DAY) == []
    lake.replace(LEDGER, DAY, [])
    assert len(lake.parts(LEDGER, DAY)) == 1 and lake.rows(LEDGER, DAY) == []


@pytest.mark.parametrize("wrong", [{"requests": None}, {"requests": "many"}, {"source": None}])
def test_a_row_that_does_not_fit_is_refused_and_the_old_rows_stay(tmp_path: Path, wrong: dict[str, Any]) -> None:
    lake = Lake(tmp_path)
    before = lake.replace(LEDGER, DAY, [row("a")]).read_bytes()
    with pytest.raises(LakeError, match="ledger"):
        lake.replace(LEDGER, DAY, [row("b", **wrong)])
    assert lake.path(LEDGER, DAY).read_bytes() == before


def test_a_full_disk_leaves_the_old_file_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lake = Lake(tmp_path)
    before = lake.replace(LEDGER, DAY, [row("a")]).read_bytes()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(LakeError, match="No space left on device.*intact"):
        lake.replace(LEDGER, DAY, [row("b")])
    assert [p.read_bytes() for p in lake.folder(LEDGER, DAY).iterdir()] == [before]


def test_a_really_full_device_is_reported() -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("this system has no /dev/full")
    with pytest.raises(OSError, match="No space left"), full.open("wb", buffering=0) as file:
        file.write(b"x")


def test_a_data_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file stands where the folder should be")
    with pytest.raises(LakeError, match="cannot write"):
        Lake(tmp_path / "data").replace(LEDGER, DAY, [row("a")])
    with pytest.raises(LakeError, match="cannot write"), Lake(tmp_path / "data").lock("x"):
        pass


@pytest.mark.parametrize("damage", [b"", b"PAR1", b"not parquet at all"])
def test_a_damaged_partition_is_named_with_what_to_do(tmp_path: Path, damage: bytes) -> None:
    lake = Lake(tmp_path)
    path = lake.replace(LEDGER, DAY, [row("a")])
    path.write_bytes(damage)
    with pytest.raises(LakeError, match=r"all\.parquet is damaged .*run the scrape stage of its day again"):
        lake.rows(LEDGER, DAY)


def test_a_truncated_partition_is_named(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    path = lake.replace(LEDGER, DAY, [row("a")])
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(LakeError, match="is damaged"):
        lake.rows(LEDGER, DAY)


def test_a_partition_of_another_table_is_refused(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    other = lake.replace(LAKE["readings"], DAY, [])
    path = lake.path(LEDGER, DAY)
    path.parent.mkdir(parents=True)
    path.write_bytes(other.read_bytes())
    with pytest.raises(LakeError, match="does not have the columns of table ledger"):
        lake.rows(LEDGER, DAY)


def test_readers_see_the_old_or_the_new_never_a_mixture(tmp_path: Path) -> None:
    lake, stop, seen = Lake(tmp_path), threading.Event(), set()
    lake.replace(LEDGER, DAY, [row("a")])

    def read() -> None:
        while not stop.is_set():
            seen.add(tuple(r["source"] for r in lake.rows(LEDGER, DAY)))

    reader = threading.Thread(target=read)
    reader.start()
    for n in range(60):
        lake.replace(LEDGER, DAY, [row("a")] if n % 2 else [row("b"), row("c")])
    stop.set()
    reader.join()
    assert seen <= {("a",), ("b", "c")}


def test_a_lock_makes_writers_take_turns(tmp_path: Path) -> None:
    order: list[str] = []

    def work(name: str) -> None:
        with Lake(tmp_path).lock("one"):
            order.extend([name, name])

    threads = [threading.Thread(target=work, args=(name,)) for name in "abcdef"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(order[n] == order[n + 1] for n in range(0, len(order), 2))


def test_a_killed_write_leaves_nothing_that_is_read(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    path = lake.replace(LEDGER, DAY, [row("a")])
    with pytest.raises(KeyboardInterrupt), lakes.replacing(path) as file:
        file.write(b"half a file")
        raise KeyboardInterrupt
    assert lake.rows(LEDGER, DAY) == [row("a")]
    assert [p.name for p in path.parent.iterdir()] == ["all.parquet"]
