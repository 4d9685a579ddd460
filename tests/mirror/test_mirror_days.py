"""Days that are run on an object store are, byte for byte, those that are run in a folder."""

from pathlib import Path

import pytest
from mirror_house import Bucket, content, lake_files, run_days, run_of

from troopwatch.settings import Settings


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same days in a folder of this machine."""
    data = tmp_path_factory.mktemp("folder")
    run_days([Settings(data=data, pause=0)])
    return data


def test_two_workers_that_take_turns_leave_what_one_leaves_in_a_folder(
    bucket: Bucket, folder: Path, tmp_path: Path
) -> None:
    run_days([bucket.settings("one"), bucket.settings("two")])
    made = bucket.copy(tmp_path / "copy")
    assert lake_files(made) == lake_files(folder)
    assert content(made) == content(folder)
    assert [p for p in made.rglob("*") if p.name.startswith(".")] == [], "nothing hidden goes up"
    assert list((tmp_path / "one" / "views").iterdir()) == [], "no view is left"
    assert run_of(bucket.settings("three")).rebuild(1).downloads, "an edition is made anew from what the store has"
