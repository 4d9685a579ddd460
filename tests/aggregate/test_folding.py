"""Mentions folded to claims and episodes: what is one, what stays two, and what nobody knows is never folded."""

import pytest
from aggregate_lake import MON, TROOPS, Days, Row, doc, place, said


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
    said(made, *({"places": [where]} for where in [*cities, *regions]))
    assert made.ask("SELECT place_id, kind, round(latitude), round(longitude) FROM places ORDER BY 1") == [
        ("Black Sea", "sea", None, None),
        ("RUS", "country", None, None),
        ("UKR:Donbas", "region", None, None),
        ("geonames:538560", "city", 52.0, 36.0),
    ]


REGIONS = {
    "the Kursk region": ("RUS", "RUS:Kursk region"),
    "Kursk oblast": ("RUS", "RUS:Kursk region"),
    "Russia's Kursk region": ("RUS", "RUS:Kursk region"),
    "the Kherson region": ("UKR", "UKR:Kherson region"),
    "eastern Russia": ("RUS", "RUS"),
    "Kurskish": ("RUS", "RUS"),
}


@pytest.mark.parametrize("words", REGIONS)
def test_a_region_is_known_by_the_words_that_a_place_ends_with(made: Days, words: str) -> None:
    country, expected = REGIONS[words]
    said(made, {"places": [place(country) | {"text": words, "disputed": True}]})
    kind = "country" if expected == country else "region"
    assert made.ask("SELECT place_id, kind, disputed FROM places") == [(expected, kind, True)]


def test_a_country_and_a_place_in_it_are_that_place(made: Days) -> None:
    closer = [place("RUS"), place("RUS") | {"text": "Kursk region"}, place("UKR")]
    said(made, {"places": closer}, {"places": [*closer[:1], closer[1] | {"role": "near"}]})
    assert made.ask("SELECT place_ids, place_code FROM deployments ORDER BY len(place_ids) DESC") == [
        (["RUS:Kursk region", "UKR"], "RUS;UKR"),
        (["RUS"], "RUS"),
    ]
