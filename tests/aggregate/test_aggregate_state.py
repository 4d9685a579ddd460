"""The copy of the lake's rows: what has not changed is not read again, and the copy never says anything else."""

from datetime import date
from pathlib import Path

import pytest
from aggregate_lake import Days

from troopwatch.aggregate import state
from troopwatch.lake import LakeError, read_file
from troopwatch.tables import LAKE

DAY, NEXT = date(2024, 10, 17), date(2024, 10, 18)
ARTICLES = "SELECT doc_id, day FROM articles ORDER BY ALL"


@pytest.fixture
def two(made: Days) -> Days:
    made.add(DAY, "a")
    made.add(NEXT, "b")
    return made


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The partition files that are read for the copy."""
    files: list[str] = []

    def read(table: object, path: Path, names: object) -> object:
        files.append(f"{path.parent.parent.name} {path.parent.name}")
        return read_file(table, path, names)

    monkeypatch.setattr(state, "read_file", read)
    return files


def test_only_what_has_changed_is_read(two: Days, opened: list[str]) -> None:
    two.edition()
    assert {name.split()[0] for name in opened} == {name for name in LAKE if two.lake.days(LAKE[name])}
    assert {"documents", "deployments", "verdicts"} <= {name.split()[0] for name in opened}
    opened.clear()
    assert two.ask(ARTICLES) == [("a", DAY), ("b", NEXT)]
    assert opened == []
    two.add(NEXT, "b", "c")
    assert two.ask(ARTICLES) == [("a", DAY), ("b", NEXT), ("c", NEXT)]
    assert {name.split()[1] for name in opened} == {f"day={NEXT}"}


def test_a_day_that_is_gone_is_gone_from_the_copy(two: Days) -> None:
    two.edition()
    for table in LAKE.values():
        for path in two.lake.parts(table, NEXT):
            path.unlink()
    assert two.ask(ARTICLES) == [("a", DAY)]


@pytest.mark.parametrize("damage", [b"", b"no database" * 1000, None])
def test_a_damaged_or_missing_copy_is_made_anew(two: Days, damage: bytes | None) -> None:
    two.edition()
    path = two.data / state.FILE
    path.write_bytes(damage) if damage is not None else path.unlink()
    assert two.ask(ARTICLES) == [("a", DAY), ("b", NEXT)]


def test_a_copy_of_other_tables_is_made_anew(two: Days, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as before:
        before.setattr(state, "LEFT_OUT", {"documents": ("text", "title")})
        before.setattr(state, "columns", lambda table: ", ".join(_or_null(name) for name in table.names))
        two.edition()
    assert two.ask("SELECT DISTINCT outlet FROM articles") == [("-",)]


def _or_null(name: str) -> str:
    return f"NULL AS {name}" if name in {"text", "title"} else f'"{name}"'


def test_a_file_replaced_before_it_is_read_never_stands_under_the_old_name(
    two: Days, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The day is then left as it was before: its bytes go back, and its rows are its own again."""
    read, path = state.read_file, two.lake.path(LAKE["documents"], NEXT)
    old = path.read_bytes()
    with monkeypatch.context() as while_reading:

        def replaced(table: object, file: Path, names: object) -> object:
            if file == path:
                two.lake.replace(LAKE["documents"], NEXT, [])
            return read(table, file, names)

        while_reading.setattr(state, "read_file", replaced)
        with pytest.raises(LakeError, match="changed while it was being aggregated"):
            two.edition()
    path.write_bytes(old)
    assert two.ask(ARTICLES) == [("a", DAY), ("b", NEXT)]


def test_a_killed_refresh_is_made_again(two: Days, monkeypatch: pytest.MonkeyPatch) -> None:
    insert, left = state._insert, [5]

    def dies(*given: object) -> None:
        left[0] -= 1
        if not left[0]:
            raise KeyboardInterrupt
        insert(*given)

    with monkeypatch.context() as dying:
        dying.setattr(state, "_insert", dies)
        with pytest.raises(KeyboardInterrupt):
            two.edition()
    assert two.ask(ARTICLES) == [("a", DAY), ("b", NEXT)]
