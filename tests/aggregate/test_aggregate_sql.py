"""What the SQL makes of the lake: coverage without holes, first captures, figures by country."""

from datetime import date

import pytest
from aggregate_lake import Days, place

from troopwatch.tables import LAKE

MON, TUE, WED, THU = (date(2024, 10, n) for n in (14, 15, 16, 17))
COUNTS = "articles, kept, documents, new_documents, quarantined, deployments, demands"


def test_a_day_between_that_was_never_run_is_in_coverage_without_any_number(made: Days) -> None:
    made.add(MON, "a")
    made.add(WED, "b")
    found = made.ask(f"SELECT day, outcome, reason, requests, {COUNTS} FROM coverage ORDER BY day")
    assert found == [
        (MON, "captured", None, 3, 1, 1, 1, 1, 0, 0, 0),
        (TUE, "not_run", *[None] * 9),
        (WED, "captured", None, 3, 1, 1, 1, 1, 0, 0, 0),
    ]


def test_a_closed_day_is_in_coverage_with_its_reason_and_nowhere_else(made: Days) -> None:
    made.add(MON, "a", forces=({},), closed="ledger.floor")
    made.add(TUE, "b")
    found = made.ask(f"SELECT outcome, reason, requests, {COUNTS} FROM coverage WHERE day = '{MON}'")
    assert found == [("closed", "documents gate closed: ledger.floor", 3, 1, 0, *[None] * 5)]
    assert made.ask("SELECT doc_id FROM articles") == [("b",)]
    assert made.ask("SELECT * FROM deployments") == []
    assert made.ask("SELECT DISTINCT day, check_id FROM quality_checks") == [(MON, "ledger.floor")]
    facts = dict(made.ask("SELECT key, value FROM meta"))
    assert (facts["days_open"], facts["days_closed"], facts["first_day"]) == ("1", "1", str(MON))


def test_no_data_is_never_zero_and_a_measured_zero_is_no_null(made: Days) -> None:
    made.add(MON, outcome="no_data", reason="no capture", requests=0, responses=0)
    made.add(TUE, outcome="failed", reason="503", responses=0, failures=3)
    made.add(WED)
    found = made.ask(f"SELECT outcome, reason, requests, failures, {COUNTS} FROM coverage ORDER BY day")
    assert found == [
        ("no_data", "no capture", None, None, *[None] * 7),
        ("failed", "503", 3, 3, *[None] * 7),
        ("captured", None, 3, 0, *[0] * 7),
    ]


def test_what_a_failed_source_brought_all_the_same_is_counted(made: Days) -> None:
    made.add(MON, "a", outcome="failed", reason="503")
    found = made.ask(f"SELECT outcome, reason, {COUNTS} FROM coverage")
    assert found == [("failed", "503", 1, 1, 1, 1, 0, 0, 0)]


def test_a_day_that_was_normalized_before_there_were_tallies_does_not_guess(made: Days) -> None:
    made.add(MON, "a")
    made.lake.drop(LAKE["tallies"], MON, "all")
    made.judge(MON)
    assert made.ask("SELECT outcome, articles, kept, documents FROM coverage") == [("captured", None, 1, 1)]


@pytest.mark.parametrize(
    ("places", "countries"),
    [
        (["RUS", "UKR"], ["RUS", "UKR"]),
        (["RUS", "RUS"], ["RUS"]),
        (["RUS", None], ["RUS"]),
        ([None], [None]),
        ([], [None]),
    ],
    ids=["two countries", "one country twice", "one unresolved", "none resolved", "no place"],
)
def test_a_mention_counts_once_for_each_country_it_names_and_once_where_it_names_none(
    made: Days, places: list[str | None], countries: list[str | None]
) -> None:
    made.add(MON, "a", forces=({"places": [place(country) for country in places]},))
    found = made.ask("SELECT place_country, mentions, articles, sources FROM daily_deployments ORDER BY 1 NULLS LAST")
    assert found == [(country, 1, 1, 1) for country in countries]


def test_an_earlier_day_that_runs_later_takes_over_what_it_captured_first(made: Days) -> None:
    first = "SELECT day, first_day, last_day, days_captured FROM articles"
    made.add(WED, "a", forces=({"count_unit": "persons", "count_min": 400},))
    assert made.ask(first) == [(WED, WED, WED, 1)]
    made.add(MON, "a", forces=({"count_unit": "persons", "count_min": 400},))
    assert made.ask(first) == [(MON, MON, WED, 2)]
    assert made.ask("SELECT day FROM deployments") == made.ask("SELECT day FROM troop_claims") == [(MON,)]
    assert made.ask("SELECT day, documents, new_documents FROM coverage ORDER BY day") == [
        (MON, 1, 1),
        (TUE, None, None),
        (WED, 1, 0),
    ]
    made.judge(MON, closed="ledger.floor")
    assert made.ask(first) == [(WED, WED, WED, 1)], "a day that closes gives back what it took"


def test_a_claim_is_dated_by_its_publication_or_else_by_its_capture(made: Days) -> None:
    made.add(MON, "a", forces=({"count_unit": "persons", "count_min": 400, "speaker_text": "Kyiv"},))
    made.add(THU, "b", forces=({"count_unit": "ships", "count_min": 4},))
    found = made.ask("SELECT day, claim_date, claim_date_is_published, claimed_by, count_max FROM troop_claims")
    assert found == [(MON, MON, False, "Kyiv", None)]
