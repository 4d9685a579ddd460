"""A station from start to end: started, used from a browser, killed in part, ended. The tests stand in order."""

import socket
import stat
import subprocess
import time
from pathlib import Path
from typing import Any

import psutil
import pytest
from analyst import analyst
from backfills import PATIENCE, Backfills
from plain_run import assert_same, run_plainly, run_the_days_of
from station_walk import Walk

from conftest import Station, needs_the_feed, plain_environment
from station import processes
from station.airflow_api import NoAnswerError
from station.database import Database

pytestmark = [pytest.mark.e2e, pytest.mark.filterwarnings("default")]
TEN_DAYS = [f"2022-02-{day:02}" for day in range(2, 12)]
FIGURE_DAY = "2022-02-03"
"""A day of the feed on which somebody says how many."""


def test_up_says_where_and_who_and_what_next(up: tuple[Station, subprocess.CompletedProcess[str]]) -> None:
    station, done = up
    assert done.returncode == 0, done.stderr
    print(done.stdout.splitlines()[0])  # noqa: T201 when all was well
    passwords = station.kept("passwords.json")
    assert set(passwords) == {"admin", "viewer"}
    for expected in (station.address, *passwords.values(), "troopwatch_daily", "Backfill", "make down"):
        assert expected in done.stdout


def test_only_their_owner_may_read_the_secrets(station: Station) -> None:
    for name in ("passwords.json", "secrets.json", "running.json"):
        assert stat.S_IMODE((station.folder / name).stat().st_mode) == 0o600


def test_status_tells_that_all_is_well(station: Station) -> None:
    done = station.run("status")
    assert done.returncode == 0, done.stdout
    for component in ("postgres", "api-server", "scheduler", "dag-processor", "triggerer"):
        assert component in done.stdout


def test_a_second_up_says_that_it_runs_already_and_no_password(station: Station) -> None:
    done = station.run("up", "--port", "0")
    assert done.returncode == 0
    assert f"runs already, at {station.address}" in done.stdout
    assert not any(password in done.stdout for password in station.kept("passwords.json").values())


@needs_the_feed
def test_ten_real_days_from_the_browser_while_the_schedule_goes_on_and_an_analyst_reads(
    station: Station, page: Any, tmp_path: Path
) -> None:
    walk, backfills = Walk(page, station), Backfills(station)
    walk.log_in("admin")
    walk.open_dag()
    begun = time.monotonic()
    published = station.data / "published" / "troopwatch.duckdb"
    with analyst(published, tmp_path / "stop", plain_environment()) as seen:
        walk.backfill("2022/02/02", "2022/02/11", 10)
        backfills.schedule_again()
        walk.wait_for(backfills, PATIENCE)
    print(f"ten days after {time.monotonic() - begun:.0f} s; the analyst: {seen}")  # noqa: T201 a figure of the run
    assert backfills.states(TEN_DAYS) == dict.fromkeys(TEN_DAYS, "success")
    assert seen["wrong"] == []
    assert seen["reads"] >= 10 and seen["different"] >= 3, "it has seen the file change, and whole each time"


@needs_the_feed
def test_days_detected_anew_from_the_browser_backwards(station: Station, page: Any) -> None:
    walk, backfills = Walk(page, station), Backfills(station)
    walk.steps = iter(range(10, 20))
    walk.log_in("admin")
    walk.open_dag()
    walk.backfill("2022/02/03", "2022/02/04", 2, "All Runs", "Run Backwards", stage="detect")
    walk.wait_for(backfills, PATIENCE)
    for day, run in backfills.runs(TEN_DAYS[1:3]).items():
        assert (run["state"], run["conf"]["from_stage"]) == ("success", "detect"), day
        assert "this run begins with detect" in backfills.first_line(day, "scrape.sources")


@needs_the_feed
def test_what_was_backfilled_from_the_browser_is_what_a_plain_run_makes(station: Station, tmp_path: Path) -> None:
    run_plainly(tmp_path, TEN_DAYS[0], TEN_DAYS[-1])
    run_the_days_of(station.data, tmp_path)  # those of other tests, and the schedule's
    assert_same(station.data, tmp_path)


@needs_the_feed
def test_a_viewer_follows_a_number_to_its_quote(station: Station, page: Any) -> None:
    walk = Walk(page, station)
    walk.steps = iter(range(20, 30))
    walk.log_in("viewer")
    page.goto(f"{station.address}/troopwatch/index.html")
    page.locator("summary", has_text="February 2022").click()
    walk.keep("all_days")
    page.locator(f"a[href*='reports/{FIGURE_DAY}/']").first.click()
    walk.keep("report")
    page.get_by_role("link", name="8,500", exact=True).first.click()
    quote = page.locator("section[aria-labelledby=figures] .evidence", has_text="8,500").first
    quote.locator("mark.count", has_text="8,500").wait_for()  # the link has opened what was folded around it
    quote.get_by_text("Capture, rule and codebook").click()
    assert f"{FIGURE_DAY}" in quote.locator("dl.capture").inner_text()
    walk.keep("quote")


def test_a_viewer_changes_nothing(station: Station) -> None:
    viewer = station.api("viewer")
    assert "troopwatch_daily" in viewer.dags()
    with pytest.raises(NoAnswerError, match="403"):
        viewer.unpause("troopwatch_feeds")


def test_nobody_sees_the_pages_without_logging_in(station: Station, page: Any) -> None:
    answer = page.goto(f"{station.address}/troopwatch/")
    assert answer.status == 401


def test_a_port_in_use_is_said_and_nothing_is_left(station: Station) -> None:
    other = Station(station.folder.with_name("other"))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = other.run("up", "--port", str(taken.getsockname()[1]))
    assert done.returncode == 1
    assert "already in use" in done.stderr and "PORT=" in done.stderr
    assert other.run("status").returncode == 3


def test_down_ends_the_children_of_killed_parents_too(station: Station) -> None:
    folder = station.folder.resolve()
    before = [*processes.marked(folder), Database(folder / "postgres").process()]
    assert len(before) > 5
    for name in ("scheduler", "api-server", "triggerer"):
        psutil.Process(station.kept("running.json")["processes"][name]["pid"]).kill()
    assert station.run("status").returncode == 1
    assert station.run("down").returncode == 0
    assert not any(processes.is_running(process) for process in before)
    assert processes.marked(folder) == [] and Database(folder / "postgres").process() is None
    assert station.run("status").returncode == 3
