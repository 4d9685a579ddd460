"""Feeds whose items carry the articles."""

import time
from datetime import timedelta

import pytest
from normalize_lake import NOON, SENTENCE, TEXT, Newsstand, block, html, item, rss

from troopwatch import responses
from troopwatch.normalize import Article, Refusal, feeds

FEED = "http://outlet.example/feed"
KIND = "application/rss+xml"


def run(stand: Newsstand, *bodies: str | bytes) -> None:
    """Snapshots of the feed, an hour apart."""
    served = [(FEED, block(body, KIND), NOON + n * timedelta(hours=1)) for n, body in enumerate(bodies)]
    stand.capture("feed", *served)
    stand.run()


def test_an_item_becomes_a_document(stand: Newsstand) -> None:
    run(
        stand,
        rss(
            item("a", more="<dc:creator xmlns:dc='http://purl.org/dc/elements/1.1/'>By Dee Oh, The Office</dc:creator>")
        ),
    )
    (row,) = stand.documents
    assert (row["url"], row["canonical_url"]) == (FEED, "http://outlet.example/a")
    assert (str(row["published_at"]), row["published_precision"], row["published_origin"]) == (
        "2024-10-18 00:00:00+00:00",
        "second",
        "feed",
    )
    assert (row["title"], row["authors"], row["outlet"], row["method"]) == ("On a", "Dee Oh", "The Feed", "feed")
    assert row["method_version"].startswith("lxml ")


def test_blocks_and_items_of_lists_are_paragraphs(stand: Newsstand) -> None:
    run(
        stand,
        rss(item(body="<p>One &amp; two\nlines</p><ul><li>First</li><li>Second <b>bold</b></li></ul>Tail<br>end")),
    )
    assert stand.documents[0]["text"] == "One & two lines\n\nFirst\n\nSecond bold\n\nTail\n\nend"


def test_the_longer_of_description_and_content_is_the_text(stand: Newsstand) -> None:
    run(stand, rss(item(body="Short.", more=f"<content:encoded><![CDATA[{TEXT}]]></content:encoded>")))
    assert stand.documents[0]["text"].count("\n\n") == 5


def test_snapshots_give_each_version_once_from_its_earliest_capture(stand: Newsstand) -> None:
    changed = item("a", TEXT.replace("300", "400"))
    run(stand, rss(item("a"), item("b")), rss(item("a"), item("b")), rss(changed, item("c"), item("b")))
    hours = {(row["canonical_url"][-1], "400" in row["text"]): row["captured_at"].hour for row in stand.documents}
    assert hours == {("a", False): 12, ("b", False): 12, ("a", True): 14, ("c", False): 14}
    assert len({row["article_id"] for row in stand.documents}) == 3


@pytest.mark.parametrize(
    "body",
    [
        html(),
        '{"items": []}',
        "no feed at all",
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
        '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + rss(item("&b;")),
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + rss(item("&a;")),
        "/etc/passwd",
        "http://127.0.0.1:1/feed",
    ],
)
def test_what_is_no_feed_is_quarantined(stand: Newsstand, body: bytes | str) -> None:
    assert stand.refused("feed", body, kind=KIND) == "not_a_feed"


def test_an_empty_feed_body_and_an_error_page_are_quarantined(stand: Newsstand) -> None:
    assert stand.refused("feed", "", kind=KIND) == "empty"
    stand.fetches.clear()
    assert stand.refused("feed", html(), status=500) == "not_ok"


def test_a_feed_without_items_is_read_and_leaves_nothing(stand: Newsstand) -> None:
    run(stand, rss())
    assert stand.documents == stand.quarantine == []


def test_items_without_link_or_text_are_quarantined_by_name_and_once_a_day(stand: Newsstand) -> None:
    guid = "<guid isPermaLink='false'>tag:outlet,1</guid>"
    snapshot = rss(item("", more=guid), item("", more=guid), item("b", body=" <br/> "), item("c"))
    run(stand, snapshot, snapshot)
    assert [(row["item"], row["rule"]) for row in stand.quarantine] == [
        ("http://outlet.example/b", "no_text"),
        ("tag:outlet,1", "no_link"),
        ("tag:outlet,1 (2)", "no_link"),
    ]
    assert len(stand.documents) == 1


def test_a_guid_that_is_an_address_stands_in_for_the_link(stand: Newsstand) -> None:
    run(stand, rss(item("", more="<guid>http://outlet.example/by-guid</guid>")))
    assert [row["canonical_url"] for row in stand.documents] == ["http://outlet.example/by-guid"]


def test_the_last_item_of_a_feed_that_breaks_off_is_not_believed(stand: Newsstand) -> None:
    run(stand, rss(item("a"), item("b")).removesuffix("</description></item></channel></rss>")[:-400])
    assert [row["canonical_url"] for row in stand.documents] == ["http://outlet.example/a"]
    assert [row["rule"] for row in stand.quarantine] == ["unreadable"]


def test_atom_is_read_and_its_update_is_no_publication(stand: Newsstand) -> None:
    entry = (
        "<entry><title>T</title><link href='http://outlet.example/x'/><id>x</id><updated>2024-10-18T01:00:00Z</updated>"
        f"<content type='html'><![CDATA[{TEXT}]]></content></entry>"
    )
    run(stand, f"<feed xmlns='http://www.w3.org/2005/Atom'><title>A</title>{entry}</feed>")
    (row,) = stand.documents
    assert row["published_at"] is None
    assert row["text"].startswith(SENTENCE.strip())


def test_a_flood_of_tags_is_refused_quickly(stand: Newsstand) -> None:
    started = time.process_time()
    assert stand.refused("feed", rss(item("a", body="<p>x</p>" * 200_000)), kind=KIND) == "too_large"
    assert time.process_time() - started < 5


def test_a_date_in_the_future_is_rejected_and_kept_beside(stand: Newsstand) -> None:
    run(stand, rss(item("a").replace("2024", "2034")))
    (row,) = stand.documents
    assert row["published_at"] is None
    assert row["published_rejected"] == "2034-10-18T00:00:00Z from feed"


@pytest.mark.parametrize("date", ["9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00", "0000-00-00T00:00:00Z"])
def test_a_date_out_of_range_costs_no_item(stand: Newsstand, date: str) -> None:
    run(stand, rss(item("a").replace("Fri, 18 Oct 2024 09:00:00 +0900", date), item("b")))
    assert sorted(row["canonical_url"][-1] for row in stand.documents) == ["a", "b"]


def test_a_library_that_trips_ends_the_item_and_not_the_feed(monkeypatch: pytest.MonkeyPatch) -> None:
    def trip(words: str) -> str:
        if "Trip" in words:
            raise RecursionError("too deep")
        return "en"

    monkeypatch.setattr("troopwatch.normalize.language.detect", trip)
    served = responses.Response(200, {}, rss(item("a"), item("b", body="Trip over this."), item("c")).encode())
    first, second, third = feeds.items(served, NOON)
    assert isinstance(first, Article) and isinstance(third, Article)
    assert isinstance(second, Refusal) and (second.item, second.rule) == ("http://outlet.example/b", "unreadable")


@pytest.mark.parametrize(
    ("author", "name"),
    [
        ("<author>desk@outlet.example (Ann Lee)</author>", "Ann Lee"),
        ("<author>Ann Lee &lt;ann@outlet.example&gt;</author>", "Ann Lee"),
        ("<author><name>Ann Lee</name><email>ann@outlet.example</email></author>", "Ann Lee"),
        ("<author>ann@outlet.example</author>", None),
        ("<dc:creator>Ann Lee</dc:creator><dc:creator>Bo Kim</dc:creator>", "Ann Lee; Bo Kim"),
    ],
)
def test_authors_are_names_and_no_addresses(stand: Newsstand, author: str, name: str | None) -> None:
    run(stand, rss(item("a", more=author)))
    assert [row["authors"] for row in stand.documents] == [name]


def test_what_a_podcast_or_a_picture_is_called_is_no_title_and_no_text(stand: Newsstand) -> None:
    media = f"<media:title>A picture</media:title><media:description>{TEXT * 2}</media:description>"
    declared = f"<m:title xmlns:m='http://search.yahoo.com/mrss/'>Another</m:title>{media}"
    run(stand, rss(item("a").replace("<title>", f"{declared}<title>")))
    assert [(row["title"], row["text"].count(SENTENCE.strip())) for row in stand.documents] == [
        ("On a", TEXT.count(SENTENCE.strip()))
    ]


def test_elements_in_atom_are_text_as_well_as_escaped_markup(stand: Newsstand) -> None:
    content = (
        "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>One.</p><p>Two &lt; 3.</p></div></content>"
    )
    entry = f"<entry><title>T</title><link href='http://outlet.example/x'/>{content}</entry>"
    run(stand, f"<feed xmlns='http://www.w3.org/2005/Atom'>{entry}</feed>")
    assert [row["text"] for row in stand.documents] == ["One.\n\nTwo < 3."]


@pytest.mark.parametrize("encoded_as", ["utf-16", "cp1252"])
def test_feeds_are_read_in_the_encoding_they_are_in(stand: Newsstand, encoded_as: str) -> None:
    run(stand, rss(item("a", body="The café said “no”.")).encode(encoded_as))
    assert [row["text"] for row in stand.documents] == ["The café said “no”."]


def test_a_feed_that_is_not_quite_xml_loses_no_character(stand: Newsstand) -> None:
    body = "R&D costs &euro;5 &amp; \x07 more &unknown; &lt;b>than<!----> before&lt;/b>"
    bare = item("b", body=body).replace("<![CDATA[", "").replace("]]>", "")
    run(stand, rss(item("a").replace("<title>", "<title>A & B &eacute; &amp;amp; "), bare))
    told = {row["canonical_url"][-1]: row for row in stand.documents}
    assert told["a"]["title"] == "A & B é & On a"
    assert told["b"]["text"] == "R&D costs €5 & more &unknown; than before"
