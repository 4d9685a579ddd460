"""Publication times: precision, offsets, and what cannot be true."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from normalize_lake import NOON

from troopwatch.normalize import dates


@pytest.mark.parametrize(
    ("words", "at", "precision"),
    [
        ("2024-10-18T09:00:05+09:00", "2024-10-18T00:00:05", "second"),
        ("2024-10-18T09:00:05.123Z", "2024-10-18T09:00:05", "second"),
        ("2024-10-18 09:00 -0400", "2024-10-18T13:00:00", "minute"),
        ("2024-10-18T09:00-04", "2024-10-18T13:00:00", "minute"),
        ("20241018T090005Z", "2024-10-18T09:00:05", "second"),
        ("2024-10-18", "2024-10-18T00:00:00", "day"),
        ("20241018", "2024-10-18T00:00:00", "day"),
        ("2024-10-18 09:30 PM", "2024-10-18T00:00:00", "day"),
        ("1729242000", "2024-10-18T09:00:00", "second"),
        ("1729242000123", "2024-10-18T09:00:00", "second"),
        ("Fri, 18 Oct 2024 09:00:05 +0900", "2024-10-18T00:00:05", "second"),
        ("Fri, 18 Oct 2024 09:00:05 GMT", "2024-10-18T09:00:05", "second"),
        ("Fri, 18 Oct 2024 09:00:05 EST", "2024-10-18T14:00:05", "second"),
        ("Fri Oct 18 2024 09:00:05 GMT+0900", "2024-10-18T00:00:05", "second"),
        ("Published 9:21 p.m. ET Oct. 18, 2024 | Updated 10:00 p.m. ET", "2024-10-19T01:21:00", "minute"),
        ("18 January 2024, 12:05 AM (EST)", "2024-01-18T05:05:00", "minute"),
        ("Oct 18, 2024 14:30 KST", "2024-10-18T05:30:00", "minute"),
        ("October 18, 2024", "2024-10-18T00:00:00", "day"),
        ("Friday 18th October 2024", "2024-10-18T00:00:00", "day"),
        ("Oct. 18, 2024", "2024-10-18T00:00:00", "day"),
    ],
)
def test_statements_are_read_with_their_precision(words: str, at: str, precision: str) -> None:
    found = dates.read(words, "meta")
    assert found is not None
    assert (found.at.isoformat(), found.precision) == (f"{at}+00:00", precision)


@pytest.mark.parametrize(
    "words", ["", "yesterday", "3/4/2024", "2024-13-40", "2024-02-30T10:00:00Z", "2024-10-18T99:00:00Z", "Oct 32, 2024"]
)
def test_what_states_no_time_is_none(words: str) -> None:
    assert dates.read(words, "meta") is None


@given(st.text(max_size=200))
def test_no_words_break_the_reader(words: str) -> None:
    dates.read(words, "meta")
    dates.in_url(f"/{words}/2024/{words}")


@given(
    st.datetimes(datetime(1990, 1, 2), datetime(2090, 1, 1)),  # noqa: DTZ001 - hypothesis wants bounds without a zone
    st.integers(-56, 56).map(lambda quarters: timezone(timedelta(minutes=15 * quarters))),
)
def test_what_python_writes_is_read_to_the_second(at: datetime, zone: timezone) -> None:
    found = dates.read(at.replace(tzinfo=zone).isoformat(timespec="seconds"), "json_ld")
    assert found == dates.Stated(at.replace(microsecond=0, tzinfo=zone).astimezone(UTC), "second", "json_ld")


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("/world/2024/10/18/story", "2024-10-18"),
        ("/2024/oct/18/story", "2024-10-18"),
        ("/2024-10-18/story", "2024-10-18"),
        ("/2024/10/18", "2024-10-18"),
        ("/2024/13/45/story", None),
        ("/story-2024-10", None),
        ("/1234/10/18/", None),
    ],
)
def test_days_in_addresses(path: str, day: str | None) -> None:
    found = dates.in_url(path)
    assert (found and str(found.at.date())) == day


def test_a_date_that_cannot_be_true_gives_way_to_the_next_origin() -> None:
    stated = [dates.read("2034-01-01", "json_ld"), dates.read("2024-10-18T10:00:00Z", "meta")]
    found = dates.choose(stated, NOON)
    assert (found.at, found.origin) == (NOON - timedelta(hours=2), "meta")
    assert found.rejected == "2034-01-01T00:00:00Z from json_ld"


def test_a_later_statement_that_cannot_be_true_is_no_matter() -> None:
    stated = [dates.read("2024-10-18T10:00:00Z", "meta"), dates.read("2034-01-01", "time")]
    assert dates.choose(stated, NOON).rejected is None


@pytest.mark.parametrize(("words", "possible"), [("2024-10-19T11:59:00Z", True), ("2024-10-19T12:01:00Z", False)])
def test_a_day_after_the_capture_is_the_limit(words: str, possible: bool) -> None:
    assert (dates.choose([dates.read(words, "meta")], NOON).at is not None) is possible


def test_absurdly_early_dates_are_rejected() -> None:
    found = dates.choose([dates.read("1970-01-01T00:00:00Z", "meta")], NOON)
    assert (found.at, found.precision, found.rejected) == (None, None, "1970-01-01T00:00:00Z from meta")


def test_a_time_without_offset_is_completed_by_another_statement_or_kept_as_a_day() -> None:
    local = dates.read("2024-10-18T09:00:00", "json_ld")
    full = dates.read("2024-10-18T09:00+09:00", "time")
    other = dates.read("2024-10-18T10:07:00+09:00", "time")
    assert dates.choose([local, full], NOON).at == datetime(2024, 10, 18, tzinfo=UTC)
    assert dates.choose([local, full], NOON).precision == "minute"
    for alone in ([local], [local, other]):
        found = dates.choose(alone, NOON)
        assert (found.at, found.precision, found.origin) == (datetime(2024, 10, 18, tzinfo=UTC), "day", "json_ld")
