"""Figures side by side: which are of one thing, whose bounds are shown, and what an article took back."""

from typing import Any

from aggregate_lake import MON, TROOPS, Days, Row, doc, place, said

RANGES = (
    "SELECT coalesce(speaker_code, speaker_text), count_min, count_max, lowest, highest, speakers FROM rival_figures"
)


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
    found = made.ask(f"{RANGES} WHERE standing = 'present' AND count_scope = 'total_in_place' ORDER BY 1")
    assert found == [
        ("The a5", 9_000, 9_000, 9_000, 9_000, 3),
        ("UKRGOV", None, 15_000, 15_000, 15_000, 3),
        ("USAMIL", 10_000, None, 10_000, 12_000, 3),
    ]
    assert made.ask("SELECT standing, speakers FROM rival_figures WHERE speaker_code = 'RUSGOV'") == [("denied", 1)]
    assert made.ask("SELECT sum(mentions) FROM rival_figures") == [(6,)]


def test_the_organs_of_a_state_stand_side_by_side_with_it(made: Days) -> None:
    said(made, figure("USAMIL", 3, 3), figure("KORSPY", 5, 5, force_owner_code="PRK"))
    assert made.ask("SELECT owner_code, speakers FROM rival_figures") == [("PRK", 2), ("PRK", 2)]


def test_unlike_forces_and_unlike_places_are_no_rivals(made: Days) -> None:
    in_kursk = place("RUS") | {"text": "the Kursk region"}
    said(
        made,
        figure("USAMIL", 20_000, 20_000),
        figure("USAMIL", 300, 300, unit_type="special_forces"),
        figure("USAMIL", 8_000, 8_000, places=[in_kursk]),
    )
    assert made.ask("SELECT lowest, highest, speakers FROM rival_figures ORDER BY 1") == [
        (300, 300, 1),
        (8_000, 8_000, 1),
        (20_000, 20_000, 1),
    ]


def test_each_bound_has_the_mention_that_names_it(made: Days) -> None:
    said(made, figure("USAMIL", 10, 12), figure("USAMIL", 8, 9), figure("USAMIL", 11, 11), days=(0, 1, 2))
    evidence = made.ask(
        "SELECT lowest, least.count_min, highest, most.count_max FROM rival_figures "
        "JOIN deployments AS least ON least.record_id = lowest_record_id "
        "JOIN deployments AS most ON most.record_id = highest_record_id"
    )
    assert evidence == [(8, 8, 12, 12)]


def test_what_an_article_took_back_is_no_figure_of_it(made: Days) -> None:
    first, corrected = doc("a"), doc("a") | {"doc_id": "a-corrected"}
    for n, (version, count) in enumerate([(first, 12_000), (corrected, 8_000)]):
        made.add(MON.replace(day=20 + n), version, forces=(TROOPS | dated(first) | figure("USAMIL", count, count),))
    assert made.ask(RANGES) == [("USAMIL", 8_000, 8_000, 8_000, 8_000, 1)]
    assert made.ask("SELECT count(*) FROM claims") == [(2,)], "it was claimed all the same"


def dated(article: Row) -> Row:
    return {"published_at": article["published_at"]}
