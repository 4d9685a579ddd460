"""A candidate holds only bytes that a gate judged, whatever else goes on in the lake while it is made."""

from datetime import date
from pathlib import Path

import pytest
from aggregate_lake import Days, row

from troopwatch import aggregate
from troopwatch.aggregate import inputs, kept, stage
from troopwatch.lake import Lake, LakeError
from troopwatch.settings import Settings
from troopwatch.tables import LAKE

DAY, NEXT, THIRD = date(2024, 10, 17), date(2024, 10, 18), date(2024, 10, 19)
CHANGED = "2024-10-18 changed while it was being aggregated: run the aggregate stage again"


def between(monkeypatch: pytest.MonkeyPatch, happens: object) -> None:
    """Let something happen after the days were chosen and before their rows are read."""
    create = stage.create

    def after(*given: object) -> None:
        if happens in pending:
            pending.remove(happens)
            happens()
        create(*given)

    pending = [happens]
    monkeypatch.setattr(stage, "create", after)


@pytest.fixture
def two(made: Days) -> Days:
    made.add(DAY, "a")
    made.add(NEXT, "b")
    return made


def test_a_day_that_begins_meanwhile_is_not_in_yet(two: Days, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its ledger is there before its gates have said anything: it must not stand as a captured day without checks."""
    judged = inputs.quality.judged

    def begins(day: date, lake: Lake) -> dict[str, str]:
        lake.replace(LAKE["ledger"], THIRD, [row("ledger", THIRD, outcome="captured")])
        return judged(day, lake)

    monkeypatch.setattr(inputs.quality, "judged", begins)
    assert two.ask("SELECT day, outcome FROM coverage ORDER BY ALL") == [(DAY, "captured"), (NEXT, "captured")]
    assert two.lake.days(LAKE["ledger"]) == [DAY, NEXT, THIRD]


def test_a_partition_replaced_meanwhile_is_no_part_of_any_candidate(two: Days, monkeypatch: pytest.MonkeyPatch) -> None:
    between(monkeypatch, lambda: two.lake.replace(LAKE["documents"], NEXT, []))
    with pytest.raises(LakeError, match=CHANGED):
        two.edition()
    assert not list(two.data.glob("aggregate/edition-*.duckdb"))
    assert two.ask("SELECT doc_id FROM articles") == [("a",)], "the next try leaves the day out"


def test_a_day_judged_again_meanwhile_is_not_taken_for_the_day_before(
    two: Days, monkeypatch: pytest.MonkeyPatch
) -> None:
    between(monkeypatch, lambda: two.add(NEXT, "b", "c"))
    with pytest.raises(LakeError, match=CHANGED):
        two.edition()
    assert two.ask("SELECT doc_id FROM articles ORDER BY 1") == [("a",), ("b",), ("c",)]


def test_a_day_run_again_with_the_same_bytes_disturbs_nothing(two: Days, monkeypatch: pytest.MonkeyPatch) -> None:
    between(monkeypatch, lambda: two.add(NEXT, "b"))
    assert two.ask("SELECT doc_id FROM articles ORDER BY 1") == [("a",), ("b",)]


def test_a_day_that_opens_while_inputs_are_listed_waits_for_the_next_try(
    two: Days, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its verdicts would not be among what the edition is made anew from, and a rebuild take the day for closed."""
    for verdict in two.lake.parts(LAKE["verdicts"], NEXT):
        verdict.unlink()
    digests = kept.digests

    def opens(files: dict[str, Path], lake: Lake) -> dict[str, str]:
        listed = digests(files, lake)
        two.add(NEXT, "b")
        return listed

    with monkeypatch.context() as patched, pytest.raises(LakeError, match=CHANGED):
        patched.setattr(kept, "digests", opens)
        two.edition()
    assert two.ask("SELECT doc_id FROM articles ORDER BY 1") == [("a",), ("b",)]


@pytest.mark.parametrize("damage", [Path.unlink, lambda path: path.write_bytes(b"no parquet")])
def test_a_file_lost_while_it_is_read_is_an_error_of_the_lake(
    two: Days, monkeypatch: pytest.MonkeyPatch, damage: object
) -> None:
    between(monkeypatch, lambda: damage(two.lake.path(LAKE["documents"], NEXT)))
    with pytest.raises(LakeError, match=CHANGED):
        two.edition()


@pytest.mark.parametrize("status", ["", "{}", '{"serial": null}', "[1]", '{"serial": "x"}'])
def test_a_damaged_status_is_a_clear_error(two: Days, status: str) -> None:
    (two.data / "published").mkdir()
    (two.data / "published" / "status.json").write_text(status)
    with pytest.raises(LakeError, match=r"status\.json is damaged .*: remove it and publish again"):
        aggregate.run(Settings(data=two.data))


def test_serials_go_on_from_what_is_published(two: Days) -> None:
    (two.data / "published").mkdir()
    (two.data / "published" / "status.json").write_text('{"serial": 41}')
    assert inputs.published_serial(two.data) == 41
    assert [two.edition().name for _ in range(2)] == ["edition-000042.duckdb", "edition-000043.duckdb"]
