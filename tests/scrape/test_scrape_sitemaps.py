"""Sitemaps: indexes within bounds, gzip files, archives by day and by month."""

import asyncio
import gzip
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from scrape_helpers import BUSY, DAY, PAGE, Answer, Visit, page, server

from troopwatch import days
from troopwatch.encoding import decode
from troopwatch.scrape import indexes, listings, sample
from troopwatch.settings import Settings
from troopwatch.sources import Sitemap

NS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
HOST = "http://x.example"
A = f"{HOST}/a"
LATER = days.end(DAY) + timedelta(hours=3)


def index(*paths: str, changed: str = "2022-03-01T10:00:00Z") -> bytes:
    named = "".join(f"<sitemap><loc>{HOST}/{p}</loc><lastmod>{changed}</lastmod></sitemap>" for p in paths)
    return f'<?xml version="1.0"?><sitemapindex {NS}>{named}</sitemapindex>'.encode()


def sitemap(*urls: str, published: str = "2022-03-01T10:00:00Z") -> bytes:
    date = f"<lastmod>{published}</lastmod>" if published else ""
    return f"<urlset {NS}>{''.join(f'<url><loc>{u}</loc>{date}</url>' for u in urls)}</urlset>".encode()


def ends(fetches: list[dict[str, Any]], role: str) -> list[tuple[str, str]]:
    return [(f["url"].rpartition("/")[2], f["outcome"]) for f in fetches if f["role"] == role]


def test_an_index_leads_to_its_sitemaps_and_they_to_their_pages(visit: Visit) -> None:
    answers = {
        "/list": page(index("one", "two.gz", "old")),
        "/one": page(sitemap(A)),
        "/two.gz": page(gzip.compress(sitemap(f"{HOST}/b"), mtime=0)),
        "/old": page(sitemap(f"{HOST}/c", published="2021-03-01")),
        "/a": PAGE,
        "/b": PAGE,
    }
    fetches, ledger, asked = visit(answers, "sitemap")
    assert ends(fetches, "page") == [("a", "stored"), ("b", "stored")] and "/c" not in asked
    assert sorted(ends(fetches, "listing")) == [(n, "stored") for n in ("list", "old", "one", "two.gz")]
    assert ledger["outcome"] == "captured"


def test_sitemaps_that_have_not_changed_for_days_are_not_asked(visit: Visit) -> None:
    _, ledger, asked = visit({"/list": page(index("old", changed="2021-12-31"))}, "sitemap")
    assert asked == ["/robots.txt", "/list"] and ledger["outcome"] == "captured"


def test_an_index_that_leads_to_itself_or_in_circles_is_asked_once(visit: Visit) -> None:
    answers = {"/list": page(index("list", "other", "other")), "/other": page(index("list", "other", "leaf"))}
    _, _, asked = visit(answers | {"/leaf": page(sitemap(A)), "/a": PAGE}, "sitemap")
    assert asked == ["/robots.txt", "/list", "/other", "/leaf", "/a"]


def test_indexes_without_end_are_cut_and_say_so(visit: Visit) -> None:
    answers = {f"/{n}": page(index(str(n + 1))) for n in range(9)}
    fetches, ledger, asked = visit({"/list": page(index("0"))} | answers, "sitemap")
    assert asked == ["/robots.txt", "/list", "/0", "/1", "/2"]
    assert ("2", "failed") in ends(fetches, "listing") and ledger["failed_limit"] == 1
    assert ledger["outcome"] == "failed" and "it lies below 3 other indexes" in ledger["reason"]


def test_an_index_of_too_many_is_cut_and_says_so(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexes, "MAX_SITEMAPS", 2)
    answers: dict[str, Answer] = {f"/{n}": page(sitemap(f"{HOST}/p{n}")) for n in range(5)}
    pages = {f"/p{n}": PAGE for n in range(5)}
    fetches, ledger, asked = visit({"/list": page(index(*"01234"))} | answers | pages, "sitemap")
    assert asked == ["/robots.txt", "/list", "/0", "/1", "/p0", "/p1"] and ledger["failed_limit"] == 1
    assert [f["reason"] for f in fetches if f["outcome"] == "failed"] == [
        "only 2 sitemaps are asked for: 3 of it are left out"
    ]


def test_a_sitemap_of_an_index_that_fails_is_asked_for_by_a_later_run(visit: Visit) -> None:
    answers = {"/list": page(index("one", "two")), "/one": page(sitemap(A)), "/a": PAGE}
    _, ledger, _ = visit(answers | {"/two": BUSY}, "sitemap")
    assert (ledger["outcome"], ledger["failed_http"]) == ("captured", 1)
    fetches, _, _ = visit(answers | {"/two": page(sitemap(f"{HOST}/b")), "/b": PAGE}, "sitemap", now=LATER)
    assert ends(fetches, "page") == [("a", "stored"), ("b", "stored")]


def test_a_listing_is_unpacked_decoded_and_parsed_once(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    read = []
    monkeypatch.setattr(listings.encoding, "decode", lambda body: read.append(body) or decode(body))
    month = gzip.compress(sitemap(A), mtime=0)
    visit({"/list": page(index("one.gz")), "/one.gz": page(month), "/a": PAGE}, "sitemap")
    assert read == [index("one.gz"), sitemap(A)]


def test_a_sample_looks_into_a_few_sitemaps_also_of_an_index_of_indexes(tmp_path: Path) -> None:
    answers = {"/list": page(index("0", "inner")), "/inner": page(index("1", "2"))}
    answers |= {f"/{n}": page(sitemap(f"{HOST}/p{n}")) for n in range(3)} | {f"/p{n}": PAGE for n in range(3)}
    words = {"name": "x", "title": "X", "kind": "sitemap", "url": f"{HOST}/list", "articles": {"ceiling": 9}}
    with server(answers) as (connect_to, asked):
        settings = Settings(data=tmp_path, connect_to=connect_to, pause=0)
        found = asyncio.run(sample.take(Sitemap.model_validate(words), settings, LATER, pages=9))
    assert asked == ["/robots.txt", "/list", "/0", "/inner", "/1", "/p0", "/p1"]
    assert found.broken is None and [item.url for item in found.items] == [f"{HOST}/p0", f"{HOST}/p1"]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"\x1f\x8bno gzip", "its gzip file is broken"),
        (gzip.compress(b"x" * (17 << 20), mtime=0), "or is larger than"),
        (gzip.compress(sitemap(A), mtime=0)[:-9], "breaks off"),
        (index("a").replace(b"</sitemapindex>", b""), "it is not well-formed"),
        (index(), "names no sitemap"),
        (index("a").replace(b"</sitemapindex>", b"<url><loc>x</loc></url></sitemapindex>"), "names pages too"),
        (b"<sitemapindex>" + b"<a/>" * 600_001 + b"</sitemapindex>", "elements and attributes"),
        (b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><sitemapindex>&e;</sitemapindex>', "not defined"),
    ],
    ids=["broken", "bomb", "cut", "unclosed", "empty", "both", "endless", "entity"],
)
def test_what_cannot_be_read_is_stored_and_noted(visit: Visit, body: bytes, reason: str) -> None:
    fetches, ledger, _ = visit({"/list": page(body)}, "sitemap")
    assert sorted(ends(fetches, "listing")) == [("list", "failed"), ("list", "stored")]
    assert ledger["outcome"] == "failed" and reason in ledger["reason"]


def test_an_archive_by_month_gives_the_pages_that_it_dates_to_the_day(visit: Visit) -> None:
    month = sitemap(A) + sitemap(f"{HOST}/b", published="2022-03-02T00:00:00Z") + sitemap(f"{HOST}/c", published="")
    body = month.replace(f"</urlset><urlset {NS}>".encode(), b"")
    answers = {"/2022/03.xml": page(body), "/a": PAGE, "/b": PAGE, "/c": PAGE}
    kind = f'sitemap\narchive: "{HOST}/{{year}}/{{month}}.xml"'
    fetches, ledger, asked = visit(answers, kind, now=days.end(DAY) + 9 * days.ONE)
    assert asked == ["/robots.txt", "/2022/03.xml", "/a"] and ledger["outcome"] == "captured"
    assert ends(fetches, "page") == [("a", "stored")]
