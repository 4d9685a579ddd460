"""Mentions folded to claims and episodes: what is one, what stays two, and what nobody knows is never folded."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from aggregate_lake import Days, Row, place

MON = date(2024, 10, 14)
TROOPS = {
    "force_owner_code": "PRKMIL",
    "places": [place("RUS")],
    "phase": "present",
    "speaker_text": "the Pentagon",
    "speaker_code": "USAMIL",
    "sentence": "There they are.",
}


def doc(name: str, day: date = MON) -> Row:
    """An article of an outlet of its own."""
    published = {"published_at": datetime(day.year, day.month, day.day, 9, tzinfo=UTC), "published_precision": "minute"}
    return {"doc_id": name, "article_id": name, "source": f"of_{name}", "outlet": f"The {name}"} | published


def said(made: Days, *mentions: Row, days: tuple[int, ...] = ()) -> Days:
    """Each mention in an article of its own, published on Monday or that many days later; captured long after."""
    later = dict(enumerate(days))
    for n, mention in enumerate(mentions):
        article = doc(f"a{n}", MON + timedelta(days=later.get(n, 0)))
        force = TROOPS | {"published_at": article["published_at"]} | mention
        made.add(MON + timedelta(days=40 + n), article, forces=(force,))
    return made


def counts(made: Days) -> tuple[int, int, int]:
    """Claims, strict episodes, loose episodes."""
    ((found),) = made.ask(
        "SELECT count(*), count(DISTINCT strict_episode_id), count(DISTINCT loose_episode_id) FROM claims"
    )
    return found


ALIKE: dict[str, tuple[Row, tuple[int, int, int]]] = {
    "the same": ({}, (1, 1, 1)),
    "other words for the force": ({"unit_type": "unspecified"}, (1, 1, 1)),
    "other words of the speaker": ({"speaker_text": "a spokesman"}, (1, 1, 1)),
    "another speaker": ({"speaker_code": "UKRGOV"}, (2, 1, 1)),
    "another figure": ({"count_unit": "persons", "count_min": 400}, (2, 1, 1)),
    "a phase of the same kind": ({"phase": "under_way"}, (2, 1, 1)),
    "another purpose": ({"activity": "exercise"}, (2, 2, 1)),
    "another organ of the state": ({"force_owner_code": "PRK"}, (2, 2, 1)),
    "only planned": ({"phase": "planned"}, (2, 2, 1)),
    "denied": ({"status": "denied"}, (2, 2, 1)),
    "near it": ({"places": [place("RUS") | {"role": "near"}]}, (2, 2, 1)),
    "a city there": ({"places": [place("RUS") | {"geonameid": 538560, "text": "Kursk"}]}, (2, 2, 1)),
    "historical": ({"tense_class": "historical"}, (2, 2, 2)),
    "an armed group": ({"force_owner_code": "PRKREB"}, (2, 2, 2)),
    "another country": ({"places": [place("UKR")]}, (2, 2, 2)),
    "two countries": ({"places": [place("RUS"), place("UKR")]}, (2, 2, 2)),
}


@pytest.mark.parametrize("case", ALIKE)
def test_two_mentions_are_one_where_they_say_the_same(made: Days, case: str) -> None:
    change, expected = ALIKE[case]
    assert counts(said(made, {}, change)) == expected


UNKNOWN: dict[str, Row] = {
    "owner": {"force_owner_code": None},
    "owner of an unknown nation": {"force_owner_code": "---MIL"},
    "some international body": {"force_owner_code": "IGO"},
    "place": {"places": []},
    "place of unknown country": {"places": [place(None) | {"text": "the border"}]},
}


@pytest.mark.parametrize("case", UNKNOWN)
def test_what_is_unknown_is_never_folded(made: Days, case: str) -> None:
    assert counts(said(made, UNKNOWN[case], UNKNOWN[case])) == (2, 2, 2)


def test_a_stranger_is_nobody_else(made: Days) -> None:
    stranger = {"speaker_text": "he", "speaker_code": None}
    assert counts(said(made, stranger, stranger)) == (2, 1, 1)


def test_copies_of_a_sentence_are_one_claim_even_of_an_unknown_owner(made: Days) -> None:
    unknown = TROOPS | {"force_owner_code": None, "speaker_text": "he", "speaker_code": None}
    made.add(MON, doc("a"), doc("a") | {"doc_id": "a2"}, each=(unknown,))
    assert made.ask("SELECT mentions, articles, independent_sources FROM claims") == [(2, 1, 1)]


WEEKS: dict[str, tuple[tuple[int, ...], tuple[int, int, int]]] = {
    "within a week": ((0, 6), (1, 1, 1)),
    "a week later": ((0, 7), (2, 1, 1)),
    "Sunday and Monday": ((6, 7), (2, 1, 1)),
    "eight days later": ((0, 8), (2, 2, 1)),
    "four weeks later": ((0, 28), (2, 2, 1)),
    "more than four weeks later": ((0, 29), (2, 2, 2)),
    "every week for five weeks": ((0, 7, 14, 21, 28, 35), (6, 1, 1)),
}


@pytest.mark.parametrize("case", WEEKS)
def test_days_between_claims_part_episodes(made: Days, case: str) -> None:
    days, expected = WEEKS[case]
    assert counts(said(made, *({} for _ in days), days=days)) == expected


STANDING: dict[str, tuple[Row, str]] = {
    "there": ({}, "present"),
    "alleged": ({"status": "alleged"}, "present"),
    "denied history": ({"status": "denied", "tense_class": "historical"}, "denied"),
    "refused": ({"status": "refused", "phase": "planned"}, "denied"),
    "negated": ({"status": "negated"}, "denied"),
    "imagined": ({"status": "hypothetical", "tense_class": "future"}, "hypothetical"),
    "long ago": ({"tense_class": "historical", "phase": "withdrawn"}, "historical"),
    "ordered": ({"phase": "ordered"}, "planned"),
    "to come": ({"tense_class": "future"}, "planned"),
    "to leave": ({"phase": "withdrawal_planned"}, "planned"),
    "leaving": ({"phase": "withdrawing"}, "withdrawn"),
}


@pytest.mark.parametrize("case", STANDING)
def test_only_what_is_claimed_to_be_there_is_present(made: Days, case: str) -> None:
    change, expected = STANDING[case]
    said(made, change)
    assert made.ask("SELECT d.standing, c.standing FROM deployments d JOIN claims c USING (claim_id)") == [
        (expected, expected)
    ]


def test_the_difference_of_the_foldings_is_shown(made: Days) -> None:
    said(made, {}, {"status": "denied"}, {"force_owner_code": "PRK"})
    flags = "strict_episodes, by_owner, by_standing, by_place, by_phase"
    assert made.ask(f"SELECT {flags} FROM episode_differences") == [(3, True, True, False, False)]
    assert made.ask("SELECT claims, claims_present, claims_denied FROM episodes_loose") == [(3, 2, 1)]
    assert made.ask("SELECT count(*) FROM episodes_strict") == [(3,)]


def figure(speaker: str | None, low: int | None, high: int | None, **more: Any) -> Row:
    named = {"speaker_code": speaker, "speaker_text": speaker}
    return (
        named | {"count_unit": "persons", "count_min": low, "count_max": high, "count_scope": "total_in_place"} | more
    )


def test_rival_figures_stand_side_by_side_and_are_never_averaged(made: Days) -> None:
    said(
        made,
        figure("USAMIL", 10_000, 10_000),
        figure("USAMIL", 12_000, None),
        figure("UKRGOV", None, 15_000),
        figure("RUSGOV", 1, 1, status="denied"),
        figure("KOR", 3_000, 3_000, count_scope="subset"),
        figure(None, 9_000, 9_000),
        figure("PRK", 5, 5, force_owner_code=None),
    )
    found = made.ask(
        "SELECT coalesce(speaker_code, speaker_text), count_min, count_max, lowest, highest, speakers "
        "FROM rival_figures WHERE standing = 'present' AND count_scope = 'total_in_place' ORDER BY 1"
    )
    assert found == [
        ("The a5", 9_000, 9_000, 9_000, 9_000, 3),
        ("UKRGOV", None, 15_000, 15_000, 15_000, 3),
        ("USAMIL", 10_000, None, 10_000, 12_000, 3),
    ]
    assert made.ask("SELECT standing, speakers FROM rival_figures WHERE speaker_code = 'RUSGOV'") == [("denied", 1)]
    assert made.ask("SELECT sum(mentions) FROM rival_figures") == [(6,)]


def test_a_withdrawal_is_from_where_the_force_was(made: Days) -> None:
    route = [place("RUS") | {"role": "to"}, place("UKR") | {"role": "from", "text": "here"}]
    said(made, {"places": route}, {"places": route, "phase": "withdrawing"})
    assert made.ask("SELECT phase, place_relation, place_code FROM deployments ORDER BY phase") == [
        ("present", "in", "RUS"),
        ("withdrawing", "from", "UKR"),
    ]


def test_only_a_city_has_coordinates(made: Days) -> None:
    cities = [
        place("RUS") | {"geonameid": 2017370, "text": "Russia"},
        place("RUS") | {"geonameid": 538560, "text": "Kursk"},
    ]
    regions = [place("UKR") | {"text": "the Donbas region"}, place(None) | {"text": "Black Sea"}, place(None)]
    said(made, {"places": [*cities, *regions]})
    assert made.ask("SELECT place_id, kind, round(latitude), round(longitude) FROM places ORDER BY 1") == [
        ("Black Sea", "sea", None, None),
        ("RUS", "country", None, None),
        ("UKR:Donbas", "region", None, None),
        ("geonames:538560", "city", 52.0, 36.0),
    ]
