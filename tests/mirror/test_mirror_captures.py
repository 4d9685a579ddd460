"""Captures of a visit that was killed, and that lie on its worker alone, are in the lake after the next run."""

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from mirror_house import DAY, Bucket, run_of

import newsroom
from troopwatch import days
from troopwatch.lake import Lake
from troopwatch.mirror import StoreError, work
from troopwatch.mirror.store import Store
from troopwatch.settings import ROOT
from troopwatch.tables import LAKE

SOURCE = "narae_wire"
FETCHES = LAKE["fetches"]
NOW = days.end(DAY) + timedelta(minutes=30)
AFTER = 4
"""Addresses that a visit has noted when it is killed: robots.txt, its listing, and some pages."""
VISIT = f"""
import os, signal
from datetime import datetime, date
from itertools import count
from troopwatch import settings
from troopwatch.flow import Run
from troopwatch.scrape.journal import Journal

noted, write = count(1), Journal.write

def write_and_die(self, row):
    write(self, row)
    if next(noted) == {AFTER}:
        os.kill(os.getpid(), signal.SIGKILL)

Journal.write = write_and_die
Run(date({DAY.year}, {DAY.month}, {DAY.day}), settings.load(), datetime.fromisoformat("{NOW}")).scrape("{SOURCE}")
"""


def views(cache: Path) -> list[Path]:
    return [p for p in (cache / "views").iterdir() if p.is_dir()]


def kill_a_visit(bucket: Bucket, cache: Path, connect_to: str) -> bytes:
    """A worker that is killed in the middle of a visit; what it had captured."""
    around = os.environ | {
        "PYTHONPATH": str(ROOT / "include"),
        "TROOPWATCH_DATA": f"s3://{bucket.name}/lake",
        "TROOPWATCH_CACHE": str(cache),
        "TROOPWATCH_CONNECT_TO": connect_to,
    }
    done = subprocess.run([sys.executable, "-c", VISIT], env=around, check=False)
    assert done.returncode == -signal.SIGKILL
    (warc,) = cache.glob(f"views/*/scrape/captures/day={DAY}/{SOURCE}@*.warc.gz")
    return warc.read_bytes()


@pytest.fixture
def killed(bucket: Bucket) -> bytes:
    with newsroom.serve(lambda: NOW) as served:
        return kill_a_visit(bucket, bucket.folder / "first", served.connect_to)


def test_they_go_up_with_their_journal_and_the_next_run_makes_their_rows(bucket: Bucket, killed: bytes) -> None:
    assert bucket.objects() == {}, "they lie on the worker alone"
    run_of(bucket.settings("first"), days.parse("2024-10-17")).tell_readers()
    assert views(bucket.folder / "first") == []
    rescued = {key: data for key, data in bucket.objects().items() if key.startswith("scrape/")}
    assert sorted(Path(key).suffix for key in rescued) == [".gz", ".journal"], "and no partition"
    assert killed in rescued.values()
    with newsroom.serve(lambda: NOW) as served:
        run_of(bucket.settings("second", connect_to=served.connect_to)).scrape(SOURCE)
    lake = Lake(bucket.copy(bucket.folder / "copy"))
    rows = lake.rows(FETCHES, DAY)
    assert len({row["warc_file"] for row in rows if row["warc_file"]}) == 2, "the rows of both visits"
    pages = [row["url"] for row in rows if row["role"] == "page" and row["outcome"] == "stored"]
    assert pages and len(pages) == len(set(pages)), "no page was asked for twice"
    assert not [key for key in bucket.objects() if ".journal" in key], "nothing waits any more"


def test_a_visit_that_ended_before_its_worker_died_keeps_its_rows(bucket: Bucket) -> None:
    settings = bucket.settings("first")
    with newsroom.serve(lambda: NOW) as served:
        own = settings.model_copy(update={"connect_to": served.connect_to, "data": settings.cache / "views" / "dead"})
        run_of(own).scrape(SOURCE)
    (settings.cache / "views" / "dead.lock").touch()
    made = Lake(own.data).rows(FETCHES, DAY)
    run_of(settings, days.parse("2024-10-17")).tell_readers()
    waiting = [key for key in bucket.objects() if key.startswith("scrape/")]
    assert sorted(Path(key).suffix for key in waiting) == [".gz", ".rows"]
    run_of(bucket.settings("second"), now=NOW.replace(year=2030)).scrape(SOURCE)
    assert Lake(bucket.copy(bucket.folder / "copy")).rows(FETCHES, DAY) == made


def test_a_store_that_goes_away_before_they_are_up_gets_them_later(
    bucket: Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(*_: object) -> None:
        raise StoreError("the store is down")

    settings = bucket.settings("first")
    with newsroom.serve(lambda: NOW) as served, monkeypatch.context() as at:
        at.setattr(Store, "put", down)
        with pytest.raises(StoreError):
            run_of(settings.model_copy(update={"connect_to": served.connect_to})).scrape(SOURCE)
    assert bucket.objects() == {} and len(views(settings.cache)) == 1
    run_of(settings, days.parse("2024-10-17")).tell_readers()
    assert sorted(Path(key).suffix for key in bucket.objects() if key.startswith("scrape/")) == [".gz", ".rows"]
    assert views(settings.cache) == []


def test_a_view_in_which_somebody_works_is_left_alone(bucket: Bucket) -> None:
    settings = bucket.settings()
    with newsroom.serve(lambda: NOW) as served:
        run = run_of(settings.model_copy(update={"connect_to": served.connect_to}))
        run.scrape(SOURCE)
    with work.opened(settings.cache, work.store_of(settings)) as view:
        (view.folder / "a").write_text("at work")
        run_of(settings).tell_readers()
        assert (view.folder / "a").exists()
    run_of(settings).tell_readers()
    assert views(settings.cache) == []
