"""The gate with a memory: a source against its own last days, whatever the order in which they ran."""

from collections.abc import Callable
from pathlib import Path
from random import Random
from statistics import median

import pytest
from quality_days import Tables, Weeks, nth, usual
from quality_rows import Newsday

from troopwatch.lake import LakeError
from troopwatch.quality import GateClosedError, engine, is_open, judge_history, rejudge_later
from troopwatch.quality.measures import FEWEST_DAYS, MEASURES, REACH, SPAN
from troopwatch.tables import LAKE


@pytest.fixture
def weeks(newsday: Newsday, monkeypatch: pytest.MonkeyPatch) -> Weeks:
    """An empty lake on a disk that is in no hurry to keep what is written."""
    monkeypatch.setattr("os.fsync", lambda _: None)
    return Weeks(newsday.settings)


def judge(weeks: Weeks, number: int) -> dict[str, int]:
    return judge_history(nth(number), weeks.settings)


def test_a_usual_day_passes_and_says_what_it_saw(weeks: Weeks) -> None:
    weeks.fill(range(22))
    counts = judge(weeks, 21)
    assert counts["warnings"] == counts["later_days_changed"] == 0
    assert counts["rows"] == 1
    assert is_open(nth(21), weeks.lake) == (True, None)
    checks = {row["check_id"]: row for row in weeks.lake.rows(LAKE["checks"], nth(21)) if row["gate"] == "history"}
    said = checks["history.documents.wire"]
    assert said["observed"] == "12; usual is 6.5 to 26 (median 13 of 15 days)"
    assert said["meaning"].startswith("wire, within its bounds: the number of articles")
    assert counts["checks"] == len(checks) > 15


def test_bounds_are_median_and_mad_of_the_days_before(weeks: Weeks) -> None:
    weeks.fill(range(35))
    judge(weeks, 34)
    (row,) = (r for r in weeks.lake.rows(LAKE["measures"], nth(34)) if r["measure"] == "characters")
    past = [median(d["characters"] for d in usual(n)["documents"]) for n in range(34 - SPAN, 34)]
    middle = median(past)
    assert (row["median"], row["mad"], row["days"]) == (middle, median(abs(x - middle) for x in past), SPAN)
    assert row["low"] == pytest.approx(
        min(middle / MEASURES["characters"].factor, middle - MEASURES["characters"].floor)
    )


def test_a_short_past_is_said_and_judges_nothing(weeks: Weeks) -> None:
    weeks.fill(range(FEWEST_DAYS))
    weeks.write(FEWEST_DAYS - 1, usual(FEWEST_DAYS - 1, size=0) | {"documents": []})
    judge(weeks, FEWEST_DAYS - 1)
    (cold,) = weeks.found(nth(FEWEST_DAYS - 1)).values()
    assert (cold["check_id"], cold["severity"]) == ("history.cold_start", "info")
    assert f"{FEWEST_DAYS} are needed: documents" in cold["observed"]


def no_articles(day: Tables) -> Tables:
    return day | {name: [] for name in ("documents", "deployments", "demands", "readings")}


def on(tables: Tables, number: int) -> Tables:
    """The same rows, captured again on another day."""
    return {name: [row | {"day": nth(number)} for row in rows] for name, rows in tables.items()}


def changed(table: str, **values: object) -> Callable[[Tables], Tables]:
    return lambda day: day | {table: [row | values for row in day[table]]}


SPOILED = {
    "silence": (no_articles, "critical"),
    "documents": (lambda day: day | {"documents": day["documents"][:5]}, "warning"),
    "titled": (changed("documents", title=None), "warning"),
    "authored": (changed("documents", authors=None), "warning"),
    "timed": (changed("documents", published_at=None), "warning"),
    "whole": (changed("documents", is_stub=True), "warning"),
    "finished": (changed("documents", text="It was said that"), "warning"),
    "unresolved": (changed("deployments", force_owner_code=None), "critical"),
    "denied": (changed("deployments", status="denied"), "warning"),
    "largest": (changed("deployments", count_max=10_000_000), "warning"),
    "read": (changed("readings", outcome="other_language"), "warning"),
    "mentions": (changed("readings", deployments=9), "warning"),
    "gated": (changed("readings", sentences=400), "warning"),
    "recoded": (changed("demands", demander_code="USA"), "warning"),
}


@pytest.mark.parametrize("kind", SPOILED)
def test_what_is_far_from_usual_is_seen(weeks: Weeks, kind: str) -> None:
    spoil, severity = SPOILED[kind]
    weeks.fill(range(21))
    day = spoil(usual(21))
    if kind == "unresolved":
        day = changed("demands", demander_code=None)(day)
    weeks.write(21, day)
    if severity == "critical":
        with pytest.raises(GateClosedError, match=f"history gate of {nth(21)} closed"):
            judge(weeks, 21)
        assert not is_open(nth(21), weeks.lake)[0]
    else:
        assert judge(weeks, 21)["warnings"] >= 1
        assert is_open(nth(21), weeks.lake) == (True, None)
    assert weeks.found(nth(21))[f"history.{kind}.wire"]["severity"] == severity


def test_a_source_that_nobody_tried_is_missed(weeks: Weeks) -> None:
    weeks.fill(range(10))
    weeks.write(10, {name: [] for name in usual(10)})
    judge(weeks, 10)
    seen = weeks.found(nth(10))["history.absent"]
    assert seen["observed"] == "wire: captured on 10 of the last 10 open days, and not tried on this one"


def test_weekends_are_held_against_weekends(weeks: Weeks) -> None:
    for number in range(54):
        weeks.write(number, usual(number, size=2 if nth(number).isoweekday() > 5 else 30))
    for number in (53, 54):
        weeks.write(number, usual(number, size=2))
        judge(weeks, number)
    assert nth(53).isoweekday() == 5 and "history.documents.wire" in weeks.found(nth(53))
    assert nth(54).isoweekday() == 6 and "history.documents.wire" not in weeks.found(nth(54))


def test_any_order_of_days_gives_the_same_bytes(weeks: Weeks, tmp_path: Path) -> None:
    numbers = [*range(8), *range(9, 14)]
    for number in numbers:
        weeks.write(number)
        judge(weeks, number)
    other = Weeks(weeks.settings.model_copy(update={"data": tmp_path / "other"}))
    for number in Random(7).sample(numbers, len(numbers)):
        other.write(number)
        judge(other, number)
    assert weeks.files() == other.files()
    assert len(weeks.files()) == 4 * len(numbers)


def test_a_late_day_reaches_those_whose_past_is_held_against_it(weeks: Weeks, tmp_path: Path) -> None:
    other = Weeks(weeks.settings.model_copy(update={"data": tmp_path / "other"}))
    numbers = [0, SPAN, 2 * SPAN - 1, 2 * SPAN]
    for lake, ordered in ((weeks, numbers), (other, [*numbers[1:], 0])):
        for number in ordered:
            lake.write(number, on(usual(0), SPAN) if number == SPAN else usual(number))
            judge(lake, number)
    assert weeks.files() == other.files()
    told = {row["measure"]: row["days"] for row in weeks.lake.rows(LAKE["measures"], nth(2 * SPAN))}
    assert told["unsteady"] == 1, "the texts of its first past day had been read a span before"


def test_a_late_day_judges_the_days_after_it_again(weeks: Weeks) -> None:
    weeks.fill([*range(6), 7])
    judge(weeks, 7)
    assert "history.cold_start" in weeks.found(nth(7))
    weeks.write(7, no_articles(usual(7)))
    judge(weeks, 7)
    weeks.write(6)
    assert judge(weeks, 6)["later_days_changed"] == 0, "seven days, of which five are working days, say nothing yet"
    weeks.fill(range(-6, 0))
    assert judge(weeks, -1)["later_days_changed"] >= 1
    assert is_open(nth(7), weeks.lake) == (False, "history gate closed: history.silence.wire")


@pytest.mark.parametrize("judged", [judge_history, rejudge_later])
def test_a_later_day_that_another_day_closes_is_told(
    weeks: Weeks, judged: Callable[..., object], caplog: pytest.LogCaptureFixture
) -> None:
    weeks.fill(range(1, 7))
    weeks.write(7, no_articles(usual(7)))
    judge(weeks, 7)
    weeks.fill(range(-6, 1))
    told = list[GateClosedError]()
    judged(nth(-6), weeks.settings, told.append)
    assert [(error.day, [row["check_id"] for row in error.failures]) for error in told] == [
        (nth(7), ["history.silence.wire"])
    ]
    (words,) = caplog.messages
    assert words.startswith(
        f"judged again because of {nth(-6)}: history gate of {nth(7)} closed: history.silence.wire\n"
    )
    judged(nth(-6), weeks.settings, told.append)
    assert len(told) == len(caplog.messages) == 1, "it was closed already"


def test_a_day_that_closes_is_nobodys_past(weeks: Weeks) -> None:
    weeks.fill(range(FEWEST_DAYS + 1))
    last = nth(FEWEST_DAYS)
    judge(weeks, FEWEST_DAYS)
    (row,) = (r for r in weeks.lake.rows(LAKE["measures"], last) if r["measure"] == "titled")
    assert row["days"] == FEWEST_DAYS
    weeks.write(3, closed="ledger.floor")
    rejudge_later(nth(3), weeks.settings)
    (row,) = (r for r in weeks.lake.rows(LAKE["measures"], last) if r["measure"] == "titled")
    assert (row["days"], row["low"]) == (FEWEST_DAYS - 1, None)
    assert weeks.lake.parts(LAKE["measures"], nth(3)) == []
    with pytest.raises(LakeError, match="documents gate closed: ledger.floor"):
        judge(weeks, 3)


def test_what_did_not_change_is_not_asked_again(weeks: Weeks, monkeypatch: pytest.MonkeyPatch) -> None:
    weeks.fill(range(12))
    judge(weeks, 0)
    before, asked = weeks.files(), []
    monkeypatch.setattr(engine, "validate", lambda suite: asked.append(suite) or [])
    judge(weeks, 0)
    assert (weeks.files(), asked) == (before, [])


def test_a_damaged_memory_is_written_anew(weeks: Weeks) -> None:
    weeks.fill(range(9))
    judge(weeks, 8)
    before = weeks.files()
    for name in ("measures", "checks", "verdicts"):
        weeks.lake.path(LAKE[name], nth(8), "history").write_bytes(b"PAR1 and then nothing")
        judge(weeks, 8)
        assert weeks.files() == before


def test_days_further_away_change_nothing(weeks: Weeks) -> None:
    weeks.fill([0, *range(SPAN, REACH + 2)])
    judge(weeks, REACH + 1)
    before = weeks.files()
    weeks.write(0, no_articles(usual(0)))
    judge(weeks, 0)
    assert {name: found for name, found in weeks.files().items() if f"{nth(REACH + 1)}" in name} == before


def test_the_same_text_read_by_the_same_rules_says_the_same(weeks: Weeks) -> None:
    weeks.fill(range(3))
    day = usual(2)
    day["deployments"][0] |= {"force_owner_code": "RUS"}
    weeks.write(2, day)
    judge(weeks, 2)
    assert weeks.found(nth(2))["history.unsteady.wire"]["severity"] == "warning"
    raised = {name: changed(name, codebook_version="2")(day)[name] for name in ("deployments", "demands")}
    weeks.write(2, day | raised)
    judge(weeks, 2)
    assert "history.unsteady.wire" not in weeks.found(nth(2)), "another codebook may say otherwise"
