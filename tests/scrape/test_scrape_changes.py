"""What was captured before is asked for only if it has changed, and pages again after one and seven days."""

from datetime import timedelta
from typing import Any

import pytest
from scrape_helpers import BUSY, DAY, PAGE, Answer, Visit, feed, feed_text, page, versioned

from troopwatch import days, scrape

A, B = "http://x.example/a", "http://x.example/b"
NOON, LATER = days.start(DAY) + timedelta(hours=12), days.start(DAY) + timedelta(hours=20)
NEXT, THIRD, WEEK_LATER = DAY + days.ONE, DAY + 2 * days.ONE, DAY + 7 * days.ONE


def ends(fetches: list[dict[str, Any]], role: str = "page") -> list[tuple[str, str, int | None]]:
    return [(f["url"][-2:], f["outcome"], f["after_days"]) for f in fetches if f["role"] == role]


@pytest.mark.parametrize("changed", [None, "Tue, 01 Mar 2022 09:00:00 GMT"])
def test_a_listing_that_has_not_changed_is_not_sent_again_and_its_failed_pages_are_asked_for(
    visit: Visit, changed: str | None
) -> None:
    listing = versioned(feed_text(A, B), changed=changed)
    visit({"/list": listing, "/a": PAGE, "/b": BUSY}, now=NOON, call=scrape.poll)
    fetches, _, asked = visit({"/list": listing, "/b": PAGE}, now=LATER, call=scrape.poll)
    first, second = (f for f in fetches if f["role"] == "listing")
    assert (first["outcome"], second["outcome"], second["status"]) == ("stored", "unchanged", 304)
    assert (second["warc_file"], second["warc_offset"]) == (first["warc_file"], first["warc_offset"])
    assert (first["captured_at"], second["captured_at"]) == (NOON, LATER)
    assert asked == ["/robots.txt", "/list", "/b"] and ("/b", "stored", 0) in ends(fetches)


def test_each_day_has_a_listing_of_its_own(visit: Visit) -> None:
    answers = {"/list": versioned(feed_text()), "/a": PAGE}
    visit(answers)
    fetches, ledger, _ = visit(answers, day=NEXT)
    assert ends(fetches, "listing") == [("st", "stored", None)] and ledger["outcome"] == "captured"


def test_a_page_is_fetched_once_and_looked_at_again_after_one_and_seven_days(visit: Visit) -> None:
    undated = feed(A, published="")
    seen = {}
    for n in range(9):
        text = b"<html>corrected</html>" if n >= 7 else b"<html>x</html>"
        answers = {"/list": undated, "/a": versioned(text, f'"{len(text)}"')}
        fetches, ledger, _ = visit(answers, day=DAY + n * days.ONE)
        seen[n] = ends(fetches)
        assert ledger["outcome"] == "captured"
    asked = {0: [("/a", "stored", 0)], 1: [("/a", "unchanged", 1)], 7: [("/a", "stored", 7)]}
    assert seen == {n: asked.get(n, []) for n in range(9)}


def test_an_unchanged_page_leads_to_the_capture_it_repeats_and_is_counted(visit: Visit) -> None:
    answers = {"/list": feed(A), "/a": versioned(b"<html>x</html>")}
    first, _, _ = visit(answers)
    (before,) = (f for f in first if f["role"] == "page")
    again, ledger, _ = visit(answers | {"/list": feed()}, day=NEXT)
    (after,) = (f for f in again if f["role"] == "page")
    same = ("warc_file", "warc_offset", "payload_sha256", "bytes", "listed_at")
    assert [after[name] for name in same] == [before[name] for name in same]
    assert (ledger["unchanged"], ledger["responses"], ledger["failures"]) == (1, 1, 0)
    assert ledger["requests"] == 2


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_was_there_and_is_not_any_more_is_gone(visit: Visit, status: int) -> None:
    visit({"/list": feed(A), "/a": PAGE})
    gone: dict[str, Answer] = {"/list": feed(A, B), "/a": page(b"", status)}
    fetches, ledger, _ = visit(gone, day=NEXT)
    assert sorted(ends(fetches)) == [("/a", "gone", 1), ("/b", "failed", 0)], "what never was there is not gone"
    assert (ledger["gone"], ledger["failed_http"]) == (1, 1)


def test_a_second_look_that_fails_is_taken_by_a_later_run(visit: Visit) -> None:
    visit({"/list": feed(A), "/a": PAGE})
    fetches, ledger, _ = visit({"/list": feed(), "/a": BUSY}, day=NEXT)
    assert ends(fetches) == [("/a", "failed", 1)] and ledger["outcome"] == "captured"
    fetches, _, asked = visit({"/a": PAGE}, day=NEXT, now=days.end(NEXT) + timedelta(hours=5))
    assert asked == ["/robots.txt", "/a"] and ends(fetches)[-1] == ("/a", "stored", 1)


def test_a_day_that_is_past_is_not_looked_at_again(visit: Visit) -> None:
    visit({"/list": feed(A), "/a": PAGE})
    _, ledger, asked = visit({"/list": feed(A), "/a": PAGE}, day=NEXT, now=days.end(WEEK_LATER))
    assert asked == [] and ledger["outcome"] == "no_data"


def test_days_run_in_any_order(visit: Visit) -> None:
    answers = {"/list": feed(A), "/a": PAGE}
    visit(answers, day=NEXT)
    fetches, _, _ = visit(answers, now=days.end(DAY) + timedelta(hours=2))
    assert ends(fetches) == [("/a", "stored", 0)]


def test_a_server_that_says_unchanged_to_who_never_asked_is_a_failure(visit: Visit) -> None:
    fetches, ledger, _ = visit({"/list": feed(A), "/a": page(b"", 304)})
    assert ends(fetches) == [("/a", "failed", 0)] and ledger["failed_http"] == 1


def test_versions_that_are_no_header_are_not_sent_back(visit: Visit) -> None:
    visit({"/list": feed(A), "/a": page(b"<html>x</html>", ETag="x" * 1000)})
    sent: list[str | None] = []

    def note(handler: Any) -> None:
        sent.append(handler.headers.get("If-None-Match"))
        PAGE(handler)

    visit({"/list": feed(), "/a": note}, day=NEXT)
    assert sent == [None]
