"""Expressions of time, resolved against the day of publication."""

from datetime import date

import pytest

from troopwatch.detect.reading.times import find, is_old

ON = date(2024, 11, 2)  # a Saturday


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("in 1990", date(1990, 1, 1), date(1990, 12, 31)),
        ("on 20 January 2018", date(2018, 1, 20), date(2018, 1, 20)),
        ("on Oct. 24", date(2024, 10, 24), date(2024, 10, 24)),
        ("in December", date(2023, 12, 1), date(2023, 12, 31)),
        ("on Monday", date(2024, 10, 28), date(2024, 10, 28)),
        ("yesterday", date(2024, 11, 1), date(2024, 11, 1)),
        ("last month", date(2024, 10, 1), date(2024, 10, 31)),
        ("last week", date(2024, 10, 21), date(2024, 10, 27)),
        ("on February 30", None, None),
    ],
)
def test_resolves(text: str, first: date | None, last: date | None) -> None:
    (found,) = find(f"They came {text}.", ON)
    assert (found.first, found.last) == (first, last)


def test_the_verb_may_is_no_month() -> None:
    assert find("They may march.", ON) == []


def test_old_is_more_than_ninety_days_ago() -> None:
    assert is_old(find("in 1990", ON), ON)
    assert not is_old(find("on Oct. 24", ON), ON)
    assert not is_old(find("yesterday", None), None)
