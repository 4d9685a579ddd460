"""A day that waits for a person's approval: closed whatever the gates say of it meanwhile, and open by a yes alone."""

import pytest
from quality_days import Weeks, nth, usual
from quality_rows import Newsday

from troopwatch.quality import GateClosedError, approve, hold, is_open, judge_history, rejudge_later
from troopwatch.quality.verdicts import WAITS

DAY = nth(7)
WAITING = (False, f"history gate closed: {WAITS}")
SILENT = "history gate closed: history.silence.wire"


@pytest.fixture
def weeks(newsday: Newsday, monkeypatch: pytest.MonkeyPatch) -> Weeks:
    """A day without an article, which too few days before it speak against, and which waits."""
    monkeypatch.setattr("os.fsync", lambda _: None)
    weeks = Weeks(newsday.settings)
    weeks.fill(range(1, 7))
    weeks.write(7, usual(7) | {name: [] for name in ("documents", "deployments", "demands", "readings")})
    judge_history(DAY, weeks.settings, waits=True)
    return weeks


def close_by_its_past(weeks: Weeks) -> None:
    weeks.fill(range(-6, 1))
    judge_history(nth(-6), weeks.settings)


def test_a_day_waits_until_it_is_approved(weeks: Weeks) -> None:
    assert is_open(DAY, weeks.lake) == WAITING
    rejudge_later(nth(6), weeks.settings)
    judge_history(nth(6), weeks.settings)
    assert is_open(DAY, weeks.lake) == WAITING
    approve(DAY, weeks.lake)
    assert is_open(DAY, weeks.lake) == (True, None)


def test_it_is_judged_again_as_any_other(weeks: Weeks) -> None:
    judge_history(DAY, weeks.settings)
    assert is_open(DAY, weeks.lake) == (True, None)
    judge_history(DAY, weeks.settings, waits=True)
    assert is_open(DAY, weeks.lake) == WAITING


def test_a_check_that_closes_it_meanwhile_and_opens_it_again_is_no_approval(weeks: Weeks) -> None:
    close_by_its_past(weeks)
    assert is_open(DAY, weeks.lake) == (False, f"{SILENT}; {WAITS}")
    for number in range(-6, 1):
        weeks.let_through(nth(number), closed="ledger.floor")
    rejudge_later(nth(-6), weeks.settings)
    assert is_open(DAY, weeks.lake) == WAITING


def test_an_approval_opens_nothing_that_a_check_has_closed(weeks: Weeks) -> None:
    close_by_its_past(weeks)
    approve(DAY, weeks.lake)
    assert is_open(DAY, weeks.lake) == (False, SILENT)
    for ask in (hold, approve):
        ask(DAY, weeks.lake)
        assert is_open(DAY, weeks.lake) == (False, SILENT)
    with pytest.raises(GateClosedError):
        judge_history(DAY, weeks.settings, waits=True)


def test_a_day_that_nobody_has_judged_can_be_neither_held_nor_approved(weeks: Weeks) -> None:
    for ask in (hold, approve):
        ask(nth(6), weeks.lake)
        assert is_open(nth(6), weeks.lake) == (False, "not judged by the history gate")
