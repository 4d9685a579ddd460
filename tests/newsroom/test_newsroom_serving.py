"""The newsroom over HTTP: the world as of the clock, in bytes that depend on the clock alone."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
from newsroom_reader import AFTER_ALL, Reader

import newsroom
from newsroom.content import outlet, outlets
from newsroom.model import Outlet, Page
from newsroom.render import http_date

SECOND = timedelta(seconds=1)
OWNED = [(owner, each) for owner in outlets() for each in owner.pages]
EVERY_TARGET = [
    (owner.host, target)
    for owner in outlets()
    for target in ["/", "/robots.txt", owner.feed, owner.sitemap, *owner.by_path]
    if target is not None
]


@pytest.mark.parametrize(("owner", "each"), OWNED, ids=[each.slug for _, each in OWNED])
def test_a_page_is_there_from_its_instant_on(reader: Reader, owner: Outlet, each: Page) -> None:
    reader.now = each.published - SECOND
    assert reader.get(owner.host, each.path).status == 404
    reader.now = each.published
    assert reader.get(owner.host, each.path).status == each.status


@pytest.mark.parametrize(("owner", "each"), OWNED, ids=[each.slug for _, each in OWNED])
def test_a_page_shows_its_text(reader: Reader, owner: Outlet, each: Page) -> None:
    body = reader.get(owner.host, each.path).body.decode(each.encoding)
    if each.empty or each.status != 200:
        assert not any(text in body for text in each.paragraphs)
    else:
        assert "Traceback" not in body
        assert body.count("<p>") >= len(each.paragraphs)


def test_a_correction_shows_from_its_instant_on(reader: Reader) -> None:
    for owner, each in [(owner, each) for owner, each in OWNED if each.correction]:
        assert each.correction is not None
        wrong, right = (text.encode() for text in each.correction.changes[0])
        reader.now = each.correction.at - SECOND
        before = reader.get(owner.host, each.path)
        reader.now = each.correction.at
        after = reader.get(owner.host, each.path)
        assert wrong in before.body and b"Correction" not in before.body
        assert right in after.body and b"Correction" in after.body
        assert after.headers["Last-Modified"] == http_date(each.correction.at)
        assert before.headers["ETag"] != after.headers["ETag"]


def test_the_same_instant_gives_the_same_bytes(reader: Reader) -> None:
    first = [reader.get(host, target) for host, target in EVERY_TARGET]
    second = [reader.get(host, target) for host, target in EVERY_TARGET]
    assert first == second


def test_headers_tell_the_clock_and_nothing_of_the_machine(reader: Reader) -> None:
    reader.now = datetime(2024, 10, 18, 12, 30, tzinfo=UTC)
    headers = reader.get("narae.example", "/rss.xml").headers
    assert headers["Date"] == "Fri, 18 Oct 2024 12:30:00 GMT"
    assert headers["Server"] == "newsroom"
    assert headers["Last-Modified"] == "Fri, 18 Oct 2024 10:30:00 GMT"


def test_errors_tell_the_clock_too(reader: Reader) -> None:
    reply = reader.get("narae.example", "/", method="POST")
    assert reply.status == 501
    assert reply.headers["Date"] == http_date(AFTER_ALL)
    assert reply.headers["Server"] == "newsroom"


def test_head_says_the_same_without_the_body(reader: Reader) -> None:
    whole, head = (reader.get("narae.example", "/rss.xml", method=method) for method in ("GET", "HEAD"))
    assert head.headers == whole.headers
    assert head.body == b""


def test_what_is_known_is_not_sent_again(reader: Reader) -> None:
    known = reader.get("narae.example", "/rss.xml").headers
    assert reader.get("narae.example", "/rss.xml", If_None_Match=known["ETag"]).status == 304
    assert reader.get("narae.example", "/rss.xml", If_Modified_Since=known["Last-Modified"]).status == 304
    assert reader.get("narae.example", "/rss.xml", If_None_Match='"other"').status == 200
    assert reader.get("narae.example", "/rss.xml", If_Modified_Since="yesterday").status == 200


def test_an_unknown_host_is_misdirected(reader: Reader) -> None:
    assert reader.get("elsewhere.example", "/").status == 421
    assert reader.get("NARAE.example:8700", "/").status == 200


def test_a_proxy_style_request_names_its_host(reader: Reader) -> None:
    assert b"Narae" in reader.get("elsewhere.example", "http://narae.example/").body


def test_nonsense_is_not_found(reader: Reader) -> None:
    for target in ("//[", "/%zz", "/?utm_source=", "http://narae.example/nothing"):
        assert reader.get("narae.example", target).status in {200, 404}


def test_campaign_parameters_lead_to_the_same_page(reader: Reader) -> None:
    wire = outlet("narae_wire")
    path = wire.pages[0].path
    assert reader.get(wire.host, path + wire.feed_suffix).body == reader.get(wire.host, path).body


def test_old_pages_name_their_charset_in_the_markup_only(reader: Reader) -> None:
    each = next(each for each in outlet("tarnford_post").pages if each.encoding == "windows-1252")
    reply = reader.get("tarnfordpost.example", each.path)
    assert reply.headers["Content-Type"] == "text/html"
    assert b"charset=iso-8859-1" in reply.body
    assert "Élodie Françoise Müller".encode("windows-1252") in reply.body
    assert "£89".encode("windows-1252") in reply.body


def test_a_paywalled_page_holds_one_paragraph_and_says_so(reader: Reader) -> None:
    each = next(each for each in outlet("harbour_courier").pages if each.paywall)
    body = reader.get("www.harbourcourier.example", each.path).body
    assert b'"isAccessibleForFree": false' in body
    assert b"for subscribers" in body


def test_the_hostile_page_breaks_out_of_its_json_ld(reader: Reader) -> None:
    body = reader.get("www.harbourcourier.example", "/2024/10/18/spreadsheet-of-a-headline.html").body
    data = body.split(b"application/ld+json")[1].split(b"</article>")[0]
    assert b"</script><script>window.hostile=1</script>" in data
    assert b"<img src=x onerror" in body
    assert b"&lt;script&gt;window.hostile=1&lt;/script&gt;" in body
    assert b"\x1b]0;owned\x07" in body


def test_visits_are_remembered(reader: Reader) -> None:
    reader.get("narae.example", "/robots.txt", User_Agent="test")
    assert reader.running is not None
    assert reader.running.visits == [newsroom.Visit("narae.example", "/robots.txt", 200, "test")]


def test_a_taken_port_is_said_to_be_taken(reader: Reader) -> None:
    assert reader.running is not None
    port = reader.running.port
    with pytest.raises(newsroom.PortInUseError, match=f"port {port} .* is in use"), newsroom.serve(reader.clock, port):
        pass


def test_the_thread_ends_with_the_block(reader: Reader) -> None:
    before = threading.active_count()
    with newsroom.serve(reader.clock) as running:
        assert running.connect_to == f"*.example=127.0.0.1:{running.port}"
    assert threading.active_count() == before


def test_a_clock_without_offset_is_refused() -> None:
    with pytest.raises(ValueError, match="offset"):
        newsroom.Newsroom(lambda: AFTER_ALL.replace(tzinfo=None)).answer("narae.example", "/")
