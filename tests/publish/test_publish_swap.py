"""The published file: swapped in whole, never an older one over a newer one, whatever happens in between."""

import errno
import shutil
from datetime import date

import duckdb
import publish_days as made
import pytest
from publish_house import House
from publish_samples import DAY

from troopwatch.lake import LakeError
from troopwatch.publish import PublishError, banner, stage, standing, swap

NEXT = date(2024, 11, 5)


def mentions(house: House) -> int:
    with duckdb.connect(str(house.published / swap.FILE), read_only=True) as connection:
        return connection.execute("SELECT count(*) FROM deployments").fetchall()[0][0]


def test_the_candidate_goes_up_and_is_removed(house: House) -> None:
    counts = house.publish(DAY, made.busy())
    size = house.report().stat().st_size
    assert counts == {"files_swapped": 1, "editions": 1, "reports": 1, "report_bytes": size}
    assert standing.read(house.published).serial == 1
    assert mentions(house) == 14
    assert not list(house.settings.data.glob("aggregate/*"))
    assert not list(house.published.glob(".*"))


def test_an_older_candidate_of_a_slower_run_never_replaces_a_newer_one(house: House) -> None:
    house.judged(NEXT)
    older, newer = house.candidate(1, made.quiet()), house.candidate(2, made.busy())
    house.judged(DAY)
    house.run([DAY], newer)
    counts = house.run([NEXT], older)
    assert counts["files_swapped"] == 0
    assert standing.read(house.published).serial == 2
    assert mentions(house) == 14
    assert house.report(NEXT).exists()


def test_candidates_of_other_runs_are_left_to_them(house: House) -> None:
    slower, faster = house.candidate(1, made.quiet()), house.candidate(3, made.quiet())
    house.publish(DAY, made.busy(), serial=2)
    assert slower.exists() and faster.exists()


def test_a_report_that_the_new_file_contradicts_is_made_anew(house: House) -> None:
    house.publish(DAY, made.busy())
    busy = house.report().read_bytes()
    house.judged(NEXT)
    house.run([NEXT], house.candidate(2, made.quiet()))
    assert house.report().read_bytes() != busy
    house.publish(DAY, made.quiet(), serial=3)
    alone = house.report().read_bytes()
    house.run([NEXT], house.candidate(4, made.quiet()))
    assert house.report().read_bytes() == alone


def test_the_report_of_a_day_whose_gate_has_closed_stays_as_it_was_but_for_its_banner(house: House) -> None:
    house.publish(DAY, made.busy())
    before = house.report().read_bytes()
    house.judged(DAY, closed="documents gate closed: ledger.floor")
    house.judged(NEXT)
    house.run([NEXT], house.candidate(2, made.quiet()))
    assert b"Withdrawn." in house.report().read_bytes()
    banner._set(house.report(), b"")
    assert house.report().read_bytes() == before


def test_published_again_after_its_candidate_is_gone(house: House) -> None:
    house.publish(DAY, made.busy(), serial=4)
    gone = house.settings.data / "aggregate" / "edition-000004.duckdb"
    assert house.run([DAY], gone)["files_swapped"] == 0


def test_a_newer_candidate_that_is_gone_is_an_error(house: House) -> None:
    house.publish(DAY, made.busy(), serial=4)
    with pytest.raises(PublishError, match=r"edition-000005\.duckdb is gone: run the aggregate stage again"):
        house.run([DAY], house.settings.data / "aggregate" / "edition-000005.duckdb")


def test_another_name_is_no_candidate(house: House) -> None:
    house.judged(DAY)
    path = house.candidate(1, made.quiet())
    with pytest.raises(PublishError, match="no candidate"):
        house.run([DAY], path.rename(path.with_name("mine.duckdb")))


@pytest.mark.parametrize("damage", ["truncated", "no_database", "no_table", "not_closed"])
def test_a_damaged_candidate_leaves_the_old_file_up(house: House, damage: str) -> None:
    house.publish(DAY, made.busy())
    path = house.candidate(2, made.quiet())
    if damage == "truncated":
        path.write_bytes(path.read_bytes()[:9000])
    elif damage == "no_database":
        path.write_text("no database")
    elif damage == "not_closed":
        path.with_name(f"{path.name}.wal").write_bytes(b"half")
    else:
        with duckdb.connect(str(path)) as connection:
            connection.execute("DROP TABLE meta")
    with pytest.raises(PublishError, match="run the aggregate stage again"):
        house.run([DAY], path)
    assert mentions(house) == 14
    assert standing.read(house.published).serial == 1


def test_a_full_disk_leaves_everything_as_it_was(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    house.publish(DAY, made.busy())
    before = house.snapshot()

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(shutil, "copyfileobj", full)
    with pytest.raises(LakeError, match="No space left on device; what stood there before is intact"):
        house.publish(NEXT, made.quiet(), serial=2)
    assert house.snapshot() == before


def test_who_has_the_old_file_open_goes_on_reading_it(house: House) -> None:
    house.publish(DAY, made.busy())
    # The file as another process holds it: in one process DuckDB would share the connection's file.
    with (house.published / swap.FILE).open("rb") as old:
        before = old.read()
        house.publish(NEXT, made.quiet(), serial=2)
        old.seek(0)
        assert old.read() == before
    assert mentions(house) == 0


def test_a_log_left_beside_the_old_file_does_not_reach_the_new_one(house: House) -> None:
    house.publish(DAY, made.quiet())
    stale = house.published / f"{swap.FILE}.wal"
    stale.write_bytes(b"written by somebody who opened the file to write")
    house.publish(NEXT, made.busy(), serial=2)
    assert not stale.exists()
    assert mentions(house) == 14


def test_a_damaged_status_is_a_clear_error(house: House) -> None:
    house.publish(DAY, made.quiet())
    (house.published / "status.json").write_text('{"serial": ')
    with pytest.raises(PublishError, match=r"status\.json is damaged .* remove it and publish again"):
        stage.refresh_standing(house.settings)
