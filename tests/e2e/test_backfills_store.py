"""Days backfilled into an object store: they end there as a plain run's do, and Airflow's pages show them."""

import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from backfills import PATIENCE, Asked, Backfills
from plain_run import assert_same, run_plainly, run_the_days_of
from pyarrow import fs

import object_store
from conftest import Station, needs_the_feed, station_in_a_folder
from object_store import Served

pytestmark = [
    pytest.mark.backfills,
    pytest.mark.filterwarnings("default"),
    needs_the_feed,
]
DAYS = ["2022-04-23", "2022-04-24", "2022-04-25", "2022-04-26"]
PLACE = "news/lake"
"""The bucket, and where in it the lake is."""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with object_store.serving(tmp_path_factory.mktemp("store")) as one:
        one.files().create_dir(PLACE.split("/", maxsplit=1)[0])
        yield one


@pytest.fixture(scope="module")
def remote(served: Served, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Station]:
    """A station whose lake is in the store."""
    own = {"TROOPWATCH_DATA": f"s3://{PLACE}", "TROOPWATCH_CACHE": str(tmp_path_factory.mktemp("cache"))}
    with station_in_a_folder(served.environment() | own) as made:
        done = made.run("up", "--port", "0", "--sources", "state_dept_feed")
        assert done.returncode == 0, done.stderr
        yield made


def test_days_end_in_the_store_as_a_plain_run_has_them(remote: Station, served: Served, tmp_path: Path) -> None:
    backfills = Backfills(remote)
    backfills.by_rest(DAYS[0], DAYS[-1], Asked())
    backfills.end(PATIENCE)
    assert backfills.states(DAYS) == dict.fromkeys(DAYS, "success")
    copied, plain = tmp_path / "copied", tmp_path / "plain"
    fs.copy_files(PLACE, str(copied), source_filesystem=served.files())
    run_plainly(plain, DAYS[0], DAYS[-1])
    run_the_days_of(copied, plain)  # the schedule goes on
    assert_same(copied, plain)


def test_airflows_pages_show_what_is_in_the_store(remote: Station) -> None:
    for path, words in {f"reports/{DAYS[-1]}/index.html": DAYS[-1], f"days/{DAYS[-1]}": "The gates are open."}.items():
        request = urllib.request.Request(f"{remote.address}/troopwatch/{path}")  # noqa: S310 - http, on loopback
        request.add_header("Authorization", f"Bearer {remote.api('viewer').token}")
        with urllib.request.urlopen(request) as answer:  # noqa: S310 - as above
            assert words in answer.read().decode()
