"""Three months backfilled while the schedule goes on, the site is swept, and an analyst reads all the while."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date, timedelta
from pathlib import Path

import pytest
from analyst import analyst
from backfills import PATIENCE, Asked, Backfills
from plain_run import assert_same, run_plainly, run_the_days_of

from conftest import Station, needs_the_feed, plain_environment
from station.airflow_api import NoAnswerError

pytestmark = [
    pytest.mark.months,
    pytest.mark.filterwarnings("default"),
    needs_the_feed,
]
DAYS = [str(date(2022, 2, 2) + timedelta(number)) for number in range(88)]
"""Of 86 of them there are captures."""
LONGEST = 5400
"""Seconds for all of them, on a machine that is busy with other things too."""
PAUSE = 20.0
"""Seconds between two runs of the schedule, whose own pause is a day."""


def test_three_months_end_right_while_the_schedule_goes_on_and_an_analyst_reads(
    station: Station, tmp_path: Path
) -> None:
    backfills = Backfills(station)
    published = station.data / "published" / "troopwatch.duckdb"
    with analyst(published, tmp_path / "stop", plain_environment()) as seen:
        backfills.by_rest(DAYS[0], DAYS[-1], Asked())
        with schedule_that_goes_on(backfills):
            backfills.end_of(DAYS, LONGEST)
        backfills.end(PATIENCE)
    print(f"the analyst: {seen}")  # noqa: T201 a figure of the run
    assert backfills.states(DAYS) == dict.fromkeys(DAYS, "success")
    assert seen["wrong"] == []
    assert seen["reads"] >= len(DAYS) and seen["different"] >= len(DAYS) / 4
    run_plainly(tmp_path / "plain", DAYS[0], DAYS[-1])
    run_the_days_of(station.data, tmp_path / "plain")
    assert_same(station.data, tmp_path / "plain")


@contextmanager
def schedule_that_goes_on(backfills: Backfills) -> Iterator[None]:
    """Inside the block, the runs of the schedule and of upkeep come again and again, as if days were minutes."""
    ended = threading.Event()

    def goes_on() -> None:
        backfills.api.unpause("troopwatch_upkeep")
        while not ended.wait(PAUSE):
            with suppress(NoAnswerError):  # a server that is busy is asked again
                backfills.schedule_again()
                backfills.sweep()

    thread = threading.Thread(target=goes_on)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
