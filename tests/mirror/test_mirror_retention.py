"""What is not kept for ever goes from a store as it goes from a folder, and is not read for that."""

from datetime import date
from pathlib import Path

import pytest
from mirror_house import Bucket, at_hand, run_of

from retention_lake import OLD, capture, edition, publish, waiting
from troopwatch import days
from troopwatch.mirror import order
from troopwatch.settings import Settings

LATER = date(2030, 1, 1)
"""Long after the objects were put up, which a store dates by its own clock."""


@pytest.fixture
def lake(tmp_path: Path) -> Path:
    """A cited and a spare capture, three editions of which one cites another, and inputs of no candidate."""
    data = tmp_path / "folder"
    beside, _ = waiting(data)
    beside.unlink()
    cited, kept, _ = (capture(data, OLD + n * days.ONE) for n in range(3))
    publish(data, cited)
    for number in (1, 2, 3):
        edition(data / "published", number, kept.relative_to(data).as_posix())
    return data


def shared(lake: Path) -> dict[str, bytes]:
    """Every file of a folder that belongs in a store, with its bytes."""
    files = {path.relative_to(lake).as_posix(): path for path in lake.rglob("*") if path.is_file()}
    return {key: path.read_bytes() for key, path in files.items() if order.is_shared(key)}


def put_up(lake: Path, bucket: Bucket) -> None:
    for key, data in shared(lake).items():
        bucket.put(key, data)


def retained(settings: Settings) -> dict[str, int]:
    return run_of(settings, LATER, days.start(LATER)).retain(str(settings.cache / "no logs"))


@pytest.mark.parametrize(("raw_days", "removed"), [(0, 0), (40, 1)])
def test_what_goes_from_a_folder_goes_from_a_store(
    bucket: Bucket, lake: Path, asked: list[tuple[str, str]], raw_days: int, removed: int
) -> None:
    put_up(lake, bucket)
    keeping = {"keep_editions": 2, "keep_raw_days": raw_days}
    done = retained(bucket.settings(**keeping))
    assert done == retained(Settings(data=lake, **keeping))
    assert done == {"logs": 0, "editions": 1, "inputs": 2, "captures": removed}
    assert bucket.objects() == shared(lake)
    fetched = {key for what, key in asked if what == "fetch"}
    assert [key for key in fetched if key.startswith("scrape/captures/") or "/csv/" in key] == []
    assert any(key.endswith(".duckdb") for key in fetched) is bool(raw_days), "asked about captures alone"


def test_of_a_removal_that_was_cut_short_the_next_one_knows() -> None:
    folder = "published/editions/000001"
    names = [f"{folder}/{name}" for name in ("troopwatch.duckdb", "csv/a.csv", "troopwatch.xlsx", "edition.json")]
    assert sorted(names, key=order.rank)[-2:] == [names[0], names[3]]


def test_what_stands_for_a_capture_is_not_rescued(bucket: Bucket, lake: Path) -> None:
    """A retention that was killed leaves it behind; the capture may have been removed by another one since."""
    put_up(lake, bucket)
    settings = bucket.settings(keep_raw_days=40)
    key = f"scrape/captures/day={OLD}/some@1.warc.gz"
    view = settings.cache / "views" / "dead"
    (view / key).parent.mkdir(parents=True)
    (view / key).touch()
    view.with_name("dead.lock").touch()
    with at_hand(settings):
        assert not view.exists()
    assert key not in bucket.objects()
