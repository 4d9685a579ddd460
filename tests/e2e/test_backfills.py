"""Backfills of the same days in every way and order, on one station, against a plain run of them. In this order."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from backfills import PATIENCE, Asked, Backfills
from plain_run import assert_same, partitions, run_plainly, run_the_days_of

from conftest import Station, needs_the_feed

pytestmark = [
    pytest.mark.backfills,
    pytest.mark.filterwarnings("default"),
    needs_the_feed,
]
DAYS = ["2022-04-23", "2022-04-24", "2022-04-25", "2022-04-26"]
WITHOUT_CAPTURES = "2022-04-24"
FAILING = "2022-04-25"
SPAN = (DAYS[0], DAYS[-1])
ALL_RIGHT = dict.fromkeys(DAYS, "success")
UNTOUCHED, NEVER_RUN = "2022-04-28", "2022-04-29"
FEED_NO_MORE = "al_jazeera"
"""A source that serves only the present, and so is not asked for a day of long ago."""


@pytest.fixture(scope="module")
def backfills(station: Station) -> Iterator[Backfills]:
    yield Backfills(station)
    put_away(station)


def put_away(station: Station) -> None:
    """Take the lake away, while Airflow still knows of its runs."""
    station.data.rename(station.data.with_name(f"lake {time.monotonic_ns()}"))


@pytest.fixture(scope="module")
def plain(station: Station, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The lake of the plain run."""
    data = tmp_path_factory.mktemp("plain")
    run_plainly(data, *SPAN)
    return data


@pytest.fixture
def assert_same_as_plain(station: Station, plain: Path) -> Callable[[], None]:
    """That the station's lake and what it publishes are those of the plain run, the schedule's own day among them."""

    def same() -> None:
        run_the_days_of(station.data, plain)
        assert_same(station.data, plain)

    return same


@pytest.fixture
def from_nothing(station: Station, backfills: Backfills) -> None:
    """No lake at first; and the schedule goes on meanwhile."""
    put_away(station)
    backfills.schedule_again()


def test_a_day_that_goes_wrong_is_red_and_says_why(backfills: Backfills) -> None:
    backfills.by_command(FAILING, FAILING, Asked(conf={"sources": "nowhere"}))
    backfills.end(PATIENCE)
    assert backfills.states(DAYS) == {FAILING: "failed"}
    assert backfills.first_line(FAILING, "scrape.sources").startswith(
        f"sources of {FAILING}: no source and no group is called 'nowhere'"
    )


def test_missing_days_alone_are_run_forwards_four_at_a_time(backfills: Backfills) -> None:
    backfills.by_command(*SPAN, Asked(reprocess="none"))
    backfills.end(PATIENCE)
    assert backfills.states(DAYS) == ALL_RIGHT | {FAILING: "failed"}


def test_a_day_without_captures_says_so(backfills: Backfills) -> None:
    line = backfills.first_line(WITHOUT_CAPTURES, "scrape.source", 0)
    assert line.startswith(f"scrape state_dept_feed of {WITHOUT_CAPTURES}: no data: no capture of {WITHOUT_CAPTURES}")


def test_failed_days_alone_are_run_again(backfills: Backfills, assert_same_as_plain: Callable[[], None]) -> None:
    before = backfills.runs(DAYS)
    backfills.by_rest(*SPAN, Asked(at_a_time=1, reprocess="failed", conf={}))
    backfills.end(PATIENCE)
    after = backfills.runs(DAYS)
    assert {day for day in DAYS if after[day]["start_date"] != before[day]["start_date"]} == {FAILING}
    assert backfills.states(DAYS) == ALL_RIGHT
    assert_same_as_plain()


@pytest.mark.usefixtures("from_nothing")
def test_completed_days_backwards_one_at_a_time(backfills: Backfills, assert_same_as_plain: Callable[[], None]) -> None:
    backfills.by_rest(*SPAN, Asked(at_a_time=1, backwards=True, reprocess="completed"))
    backfills.end(PATIENCE)
    began = {day: run["start_date"] for day, run in backfills.runs(DAYS).items()}
    assert sorted(began, key=lambda day: began[day]) == DAYS[::-1]
    assert backfills.states(DAYS) == ALL_RIGHT
    assert_same_as_plain()


@pytest.mark.usefixtures("from_nothing")
def test_completed_days_backwards_four_at_a_time(
    backfills: Backfills, assert_same_as_plain: Callable[[], None]
) -> None:
    backfills.by_command(*SPAN, Asked(backwards=True, reprocess="completed"))
    backfills.end(PATIENCE)
    assert backfills.states(DAYS) == ALL_RIGHT
    assert_same_as_plain()


def test_days_detected_anew_leave_alone_what_was_normalized(
    backfills: Backfills, station: Station, assert_same_as_plain: Callable[[], None]
) -> None:
    def written() -> dict[str, int]:
        return {name: (station.data / name).stat().st_mtime_ns for name in partitions(station.data)}

    before = written()
    backfills.by_rest(*SPAN, Asked(reprocess="completed", conf={"from_stage": "detect"}))
    backfills.end(PATIENCE)
    assert backfills.states(DAYS) == ALL_RIGHT
    changed = {name for name, at in written().items() if at != before[name]}
    assert {name.split("/")[0] for name in changed} == {"detect", "quality"}
    assert {day for day in DAYS if any(day in name for name in changed)} == set(DAYS)
    assert backfills.first_line(FAILING, "normalize.run").startswith(
        f"normalize of {FAILING}: this run begins with detect"
    )
    assert_same_as_plain()


def test_a_source_that_cannot_be_asked_again_and_a_stage_without_its_input_say_so(backfills: Backfills) -> None:
    """The first is skipped, the second red; neither asks anybody anything."""
    backfills.by_rest(UNTOUCHED, UNTOUCHED, Asked(conf={"sources": f"state_dept_feed, {FEED_NO_MORE}"}))
    backfills.end(PATIENCE)
    lines = [backfills.first_line(UNTOUCHED, "scrape.source", index) for index in (0, 1)]
    assert (
        f"scrape {FEED_NO_MORE} of {UNTOUCHED}: no data: a feed serves only the present: {UNTOUCHED} cannot be"
        in "\n".join(lines)
    )
    assert backfills.states([UNTOUCHED]) == {UNTOUCHED: "success"}
    backfills.by_rest(NEVER_RUN, NEVER_RUN, Asked(conf={"from_stage": "detect"}))
    backfills.end(PATIENCE)
    assert backfills.states([NEVER_RUN]) == {NEVER_RUN: "failed"}
    why = f"a run of {NEVER_RUN} cannot begin with detect: it was never scraped, begin with scrape"
    assert backfills.first_line(NEVER_RUN, "detect.run") == f"detect of {NEVER_RUN}: {why}"
