"""The stage: every capture ends once, with its evidence, and a second run changes no byte."""

from datetime import timedelta

import pytest
from normalize_lake import DAY, NOON, TEXT, URL, Newsstand, block, html, item, rss

from troopwatch import captures, sources
from troopwatch.normalize import NormalizeError, Refusal, stage
from troopwatch.tables import LAKE

LATER = NOON + timedelta(hours=3)


def test_a_page_becomes_a_document_with_its_evidence(stand: Newsstand) -> None:
    stand.capture("pages", (URL + "?utm_source=feed", block(html())))
    counts = stand.run()
    (row,) = stand.documents
    assert counts == {"read": 1, "documents": 1, "quarantined": 0, "duplicates": 0, "stubs": 0, "undated": 0, "cut": 0}
    assert row["url"] == URL + "?utm_source=feed"
    assert row["canonical_url"] == URL
    assert row["title"] == "Soldiers leave the base"
    assert (row["outlet"], row["voice"], row["language"]) == ("The Pages", "USAGOV", "en")
    assert (str(row["published_at"]), row["published_precision"], row["published_origin"]) == (
        "2024-10-18 00:00:00+00:00",
        "day",
        "url",
    )
    assert row["text"].count("\n\n") == 5
    assert row["characters"] == len(row["text"])
    found = captures.read_at(stand.settings.data / row["warc_file"], row["warc_offset"])
    assert isinstance(found, captures.Record)
    assert found.url == row["url"]


def test_two_runs_give_the_same_bytes(stand: Newsstand) -> None:
    stand.capture("pages", *[(f"{URL}-{n}", block(html(TEXT + f"<p>Number {n}.</p>"))) for n in range(5)])
    stand.capture("pages", (URL, block("")))
    stand.capture("feed", ("http://f.example/", block(rss(item("a"), item("")))))
    stand.run()
    first = stand.prints()
    stand.run()
    assert stand.prints() == first


def test_the_order_of_the_fetches_does_not_matter(stand: Newsstand) -> None:
    served = [(URL, block(html()), LATER), (URL, block(html()), NOON), (URL + "-2", block(html()), NOON)]
    stand.capture("pages", *served)
    stand.run()
    first = stand.prints()
    parts = [stand.fetches[1:], stand.fetches[:1]]
    stand.lake.path(LAKE["fetches"], DAY).unlink()
    for name, rows in zip(("z", "a"), parts, strict=True):
        stand.lake.replace(LAKE["fetches"], DAY, rows, part=name)
    stand.run()
    assert stand.prints() == first


def test_every_source_of_the_ledger_is_tallied_also_one_that_brought_nothing(stand: Newsstand) -> None:
    stand.capture("pages", (URL, block(html())), (URL, block(html()), LATER), (URL + "-2", block("")))
    stand.capture("feed", ("http://f.example/", block(rss(item("a"), item("b"), item("")))))
    tried = [
        dict.fromkeys(LAKE["ledger"].names, 0) | {"day": DAY, "source": name} for name in ("feed", "idle", "pages")
    ]
    words = {"outcome": "captured", "reason": None, "first_captured_at": None, "last_captured_at": None}
    stand.lake.replace(LAKE["ledger"], DAY, [row | words for row in tried])
    stand.run()
    assert [tuple(row.values())[1:] for row in stand.lake.rows(LAKE["tallies"], DAY)] == [
        ("feed", 0, 1, 3, 0, 2, 1),
        ("idle", 0, 0, 0, 0, 0, 0),
        ("pages", 0, 3, 3, 1, 1, 1),
    ]


def test_the_same_version_captured_twice_is_one_document_from_the_earliest_capture(stand: Newsstand) -> None:
    stand.capture("pages", (URL, block(html()), LATER), (URL, block(html()), NOON))
    counts = stand.run()
    (row,) = stand.documents
    assert row["captured_at"] == NOON
    assert counts["duplicates"] == 1


def test_a_corrected_page_is_a_second_version_of_the_same_article(stand: Newsstand) -> None:
    corrected = html(TEXT.replace("300", "200"))
    stand.capture("pages", (URL, block(html())), (URL, block(corrected), LATER))
    stand.run()
    first, second = stand.documents
    assert first["article_id"] == second["article_id"]
    assert first["doc_id"] != second["doc_id"]


def test_a_source_of_many_outlets_names_them_by_host(stand: Newsstand) -> None:
    stand.capture("many", ("https://www.daily.example/story", block(html())))
    stand.run()
    assert [row["outlet"] for row in stand.documents] == ["daily.example"]


def test_a_day_without_captures_is_an_empty_partition(stand: Newsstand) -> None:
    assert stand.run()["documents"] == 0
    assert stand.documents == []
    assert stand.lake.days(LAKE["documents"]) == [DAY]


def test_listings_of_page_sources_and_failed_fetches_are_left_alone(stand: Newsstand) -> None:
    stand.capture("pages", (URL, block(html())), (URL + "-2", block(rss())))
    stand.fetches[1]["role"] = "listing"
    nothing = dict.fromkeys(("captured_at", "warc_file", "warc_offset", "status"))
    stand.fetches.append(stand.fetches[0] | nothing | {"url": URL + "-3", "outcome": "failed", "reason": "timed out"})
    stand.lake.replace(LAKE["fetches"], DAY, stand.fetches)
    assert stand.run()["read"] == 1


def test_a_source_without_a_spec_is_a_clear_error_and_leaves_the_old_state(stand: Newsstand) -> None:
    stand.capture("pages", (URL, block(html())))
    stand.run()
    before = stand.prints()
    (stand.settings.sources / "group" / "pages.yaml").unlink()
    with pytest.raises(NormalizeError, match="captures of pages are in the lake"):
        stand.run()
    assert stand.prints() == before


def test_a_capture_that_is_gone_is_a_clear_error_and_leaves_the_old_state(stand: Newsstand) -> None:
    path = stand.capture("pages", (URL, block(html())))
    stand.run()
    before = stand.prints()
    path.unlink()
    with pytest.raises(NormalizeError, match="cannot be read"):
        stand.run()
    assert stand.prints() == before


def test_a_library_that_trips_ends_the_page_and_not_the_day(stand: Newsstand, monkeypatch: pytest.MonkeyPatch) -> None:
    def trip(*_: object) -> str:
        raise RecursionError("too deep")

    monkeypatch.setattr("troopwatch.normalize.bodies.read", trip)
    stand.capture("pages", (URL, block(html())))
    source = sources.load(stand.settings.sources)["pages"]
    (outcome,) = stage.read(stage.Task(stand.fetches[0], source, stand.settings.data))
    assert isinstance(outcome, Refusal) and (outcome.rule, outcome.detail) == ("unreadable", "RecursionError: too deep")


def test_a_page_that_redirects_led_to_keeps_the_address_that_was_asked_for(stand: Newsstand) -> None:
    stand.capture("pages", (URL, block(html())), ("http://outlet.example/other", block(html())))
    stand.fetches[0] |= {"url": "http://short.example/1", "final_url": URL}
    stand.fetches[1] |= {"url": "http://short.example/2"}
    stand.lake.replace(LAKE["fetches"], DAY, stand.fetches)
    stand.run()
    assert [(row["url"], row["canonical_url"]) for row in stand.documents] == [("http://short.example/1", URL)]
    assert [(row["url"], row["rule"]) for row in stand.quarantine] == [("http://short.example/2", "damaged_record")]
