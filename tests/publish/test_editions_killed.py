"""Publishing that is killed before any file operation, and run again, ends as if it had not been."""

import contextlib
import shutil
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import publish_days as made
import pytest
from kills import Killed, killed_after
from publish_house import House
from publish_samples import DAY, at

from troopwatch import upkeep
from troopwatch.publish import exports
from troopwatch.tables import PUBLISHED

NEXT = date(2024, 11, 5)
LATER_ON = datetime(2100, 1, 1, tzinfo=UTC)
ONE = made.quiet()
LATER = at(NEXT, made.busy())
BOTH = {name: [*ONE[name], *LATER[name]] for name in ("coverage", "quality_checks")} | {
    name: LATER[name] for name in ("articles", "deployments", "demands", "troop_claims")
}


def rows(file: Path) -> Mapping[str, list[tuple[object, ...]]]:
    with duckdb.connect(str(file), read_only=True) as connection:
        return {name: connection.execute(f"FROM {name} ORDER BY ALL").fetchall() for name in PUBLISHED}


def ended(house: House) -> tuple[object, ...]:
    """All that is published, the DuckDB files by their rows."""
    files = sorted(house.published.rglob("*.duckdb"))
    return house.pages(), [str(file.relative_to(house.published)) for file in files], [rows(file) for file in files]


@pytest.fixture(autouse=True)
def few_downloads(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two files in place of some sixty: it is about the folder that they lie in, and each costs a publishing."""

    def make(_: Path, folder: Path, edition: Mapping[str, object]) -> dict[str, dict[str, int]]:
        (folder / "csv").mkdir()
        (folder / "csv" / "some.csv").write_text("some\r\n", encoding="utf-8")
        (folder / "README.txt").write_text(f"{edition['edition']}", encoding="utf-8")
        return {}

    monkeypatch.setattr(exports, "make", make)


@pytest.mark.parametrize("every", [5, pytest.param(1, marks=pytest.mark.months)])
def test_killed_before_any_file_operation_and_run_again_it_ends_the_same(
    build: Callable[[str], House], tmp_path: Path, every: int
) -> None:
    house, begun = build("data"), tmp_path / "begun"
    data = house.settings.data
    house.publish(DAY, ONE)
    house.judged(NEXT)
    candidate = house.candidate(2, BOTH)
    shutil.copytree(data, begun)
    with killed_after(data, sys.maxsize) as watch:
        house.run([NEXT], candidate)
    operations, wanted = watch.seen, ended(house)
    assert operations > 40
    for done in range(0, operations, every):
        shutil.rmtree(data)
        shutil.copytree(begun, data)
        with killed_after(data, done), contextlib.suppress(Killed):
            house.run([NEXT], candidate)
            pytest.fail(f"operation {done} of {operations} did not come")
        house.run([NEXT], candidate)
        upkeep.sweep(house.settings, LATER_ON)  # files that were half-written when they were killed
        assert ended(house) == wanted, done
        assert not [path for path in data.rglob(".*") if path.name != ".locks"], done
