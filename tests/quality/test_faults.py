"""Every fault of the table is put into a day, and the gates must say to it what the table says."""

import shutil
from pathlib import Path

import pytest
from fault_days import NUMBER, good, judged, settled, weeks
from fault_kinds import Fault
from fault_table import FAULTS, markdown
from quality_days import Weeks, nth

from troopwatch.settings import ROOT
from troopwatch.tables import LAKE


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Weeks:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("os.fsync", lambda _: None)
        return weeks(tmp_path_factory.mktemp("weeks"))


@pytest.fixture
def lake(before: Weeks, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Weeks:
    monkeypatch.setattr("os.fsync", lambda _: None)
    shutil.copytree(before.settings.data, tmp_path / "data")
    return Weeks(before.settings.model_copy(update={"data": tmp_path / "data"}))


def put(lake: Weeks, fault: Fault) -> None:
    for name, rows in fault.spoil(good(NUMBER)).items():
        lake.lake.replace(LAKE[name], nth(NUMBER), rows)
    fault.damage(lake)


def test_a_good_day_calls_nobody(lake: Weeks) -> None:
    for name, rows in good(NUMBER).items():
        lake.lake.replace(LAKE[name], nth(NUMBER), rows)
    assert judged(lake) == []
    assert settled(good(NUMBER)) == good(NUMBER)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_the_gates_say_what_the_table_says(lake: Weeks, fault: Fault) -> None:
    put(lake, fault)
    said = {row["check_id"]: row["severity"] for row in judged(lake)}
    if fault.check is None:
        assert said == {} and fault.why
    else:
        assert said.get(fault.check) == fault.severity, said
        assert fault.severity == "critical" or "critical" not in said.values(), said


def test_there_are_enough_and_most_are_caught() -> None:
    assert len({fault.name for fault in FAULTS}) == len(FAULTS) >= 25
    assert sum(fault.check is not None for fault in FAULTS) >= 23


def test_the_page_of_faults_is_fresh() -> None:
    assert (ROOT / "docs" / "faults.md").read_text(encoding="utf-8") == markdown(), "run `make docs`"
