"""The day of a run: Airflow's ds, a UTC day that is over."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from troopwatch import days
from troopwatch.days import NoDayError

MARCH_2 = datetime(2022, 3, 2, 0, 30, tzinfo=UTC)


def test_the_day_is_ds_and_not_the_start_of_the_data_interval() -> None:
    context = {"ds": "2022-03-01", "data_interval_start": datetime(2022, 2, 28, tzinfo=UTC)}
    assert days.of_run(context, MARCH_2) == date(2022, 3, 1)


@pytest.mark.parametrize("context", [{}, {"ds": None}, {"ds": "2022-03-02"}, {"ds": "2022-3-1"}, {"ds": "yesterday"}])
def test_a_run_without_a_day_that_is_over_is_refused(context: dict[str, str]) -> None:
    with pytest.raises(NoDayError):
        days.of_run(context, MARCH_2)


def test_days_are_utc_days() -> None:
    seoul = datetime.fromisoformat("2024-10-18T08:59:59+09:00")
    assert days.of(seoul) == date(2024, 10, 17)
    assert days.of(seoul + timedelta(seconds=1)) == date(2024, 10, 18)


def test_a_feed_can_be_asked_for_its_day_until_the_next_day_ends() -> None:
    day = date(2022, 3, 1)
    assert days.can_be_asked_now(day, days.start(day))
    assert days.can_be_asked_now(day, days.end(day) + timedelta(hours=23))
    assert not days.can_be_asked_now(day, days.end(day) + timedelta(days=1))
    assert not days.can_be_asked_now(day, days.start(day) - timedelta(seconds=1))


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2100, 1, 1)))
def test_every_instant_of_a_day_belongs_to_it(day: date) -> None:
    assert days.of(days.start(day)) == day == days.of(days.end(day) - timedelta(microseconds=1))
    assert days.parse(str(day)) == day


def test_between_is_inclusive_and_refuses_to_go_backwards() -> None:
    assert len(days.between(date(2022, 2, 2), date(2022, 4, 30))) == 88
    with pytest.raises(NoDayError):
        days.between(date(2022, 3, 2), date(2022, 3, 1))
