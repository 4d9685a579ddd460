"""Bad input of every kind ends as a quarantined row with its rule, or as the document that it really is."""

import gzip
import json
import time

import pytest
from normalize_lake import SENTENCE, TEXT, URL, Newsstand, block, html, item, rss

from troopwatch import responses
from troopwatch.normalize import markup, text
from troopwatch.tables import LAKE

QUOTED = "<p>The minister said “we’re sending troops” and the café’s owner agreed – at once.</p>"


def text_of(stand: Newsstand, body: bytes | str, kind: str | None = "text/html") -> str:
    stand.capture("pages", (URL, block(body, kind)))
    stand.run()
    assert stand.quarantine == []
    (row,) = stand.documents
    return str(row["text"])


@pytest.mark.parametrize(
    ("body", "kind", "status", "rule"),
    [
        (html(), "text/html", 404, "not_ok"),
        (html(), "text/html", 503, "not_ok"),
        (b"", "text/html", 200, "empty"),
        (b" \r\n\t ", "text/html", 200, "empty"),
        (b"%PDF-1.7\n%....", "text/html", 200, "not_html"),
        (b"%PDF-1.7\n%....", "application/pdf", 200, "not_html"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, None, 200, "not_html"),
        (b"<p>" + bytes(range(128, 256)) * 50 + b"\0" * 9000, "text/html", 200, "not_html"),
        ('{"error": "no such page"}', "application/json", 200, "not_html"),
        ("Service temporarily unavailable.", "text/html", 200, "not_html"),
        (rss(item()), "text/html", 200, "not_html"),
        ("<html><body></body></html>", "text/html", 200, "no_text"),
        ("<html><head><title>x</title></head><frameset></frameset></html>", "text/html", 200, "no_text"),
        (html("<p>Please enable JavaScript to read this page in your browser.</p>"), "text/html", 200, "too_short"),
    ],
)
def test_what_is_no_article_is_quarantined(
    stand: Newsstand, body: bytes | str, kind: str | None, status: int, rule: str
) -> None:
    assert stand.refused("pages", body, kind=kind, status=status) == rule


def test_a_front_page_of_links_is_no_article(stand: Newsstand) -> None:
    teaser = "<h2><a href='/{n}'>Headline number {n} of the day</a></h2><p>" + SENTENCE + "</p>"
    assert stand.refused("pages", html("".join(teaser.format(n=n) for n in range(12)))) == "no_text"


@pytest.mark.parametrize(
    "body",
    [
        b"<p>" + b"x" * (20 << 20),
        b"<html><body>" + b"<p>word</p>" * 200_000,
        b"<html><body><p>" + b"word and, so. " * 70_000,
    ],
)
def test_a_page_that_is_too_large_is_refused_quickly(stand: Newsstand, body: bytes) -> None:
    started = time.process_time()
    assert stand.refused("pages", body) == "too_large"
    assert time.process_time() - started < 5


@pytest.mark.parametrize("tag", ["div", "span", "b", "table", "ul><li", "blockquote"])
def test_nested_tags_do_not_hang(stand: Newsstand, tag: str) -> None:
    started = time.process_time()
    assert stand.refused("pages", "<html><body>" + f"<{tag}>" * 300_000 + "deep") == "too_large"
    stand.fetches.clear()
    stand.capture("pages", (URL, block(html(TEXT + f"<{tag}>" * 40_000 + "deep"))))
    stand.run()
    assert time.process_time() - started < 10
    assert len(stand.documents) + len(stand.quarantine) == 1


def test_nested_tags_under_linked_data_do_not_hang(stand: Newsstand) -> None:
    linked = json.dumps({"@type": "NewsArticle", "headline": "H", "articleBody": SENTENCE * 20})
    body = html("<div>" * 40_000 + TEXT, f'<script type="application/ld+json">{linked}</script>')
    started = time.process_time()
    stand.capture("pages", (URL, block(body)))
    stand.run()
    assert time.process_time() - started < 5


def test_a_crowded_paragraph_keeps_its_words_and_line_breaks_alone() -> None:
    words = "<b>word</b> <a href='/x'><i>and</i></a> "
    tree = markup.parse(html(f"<p>{words * 10_000}<br>the end</p>after<p>{words * 100}</p>"))
    crowded, other = tree.iter("p")
    assert [child.tag for child in crowded] == ["br"]
    assert text.clean(markup.paragraphs(crowded)) == text.clean("word and " * 10_000) + "\n\nthe end"
    assert crowded.tail == "after"
    assert len(list(other.iterdescendants())) == 300


def test_nested_linked_data_is_passed_over(stand: Newsstand) -> None:
    head = f'<script type="application/ld+json">{"[" * 200_000}</script><title>Plain title</title>'
    stand.capture("pages", (URL, block(html(head=head))))
    stand.run()
    assert [row["title"] for row in stand.documents] == ["Plain title"]


def test_control_characters_and_marks_of_direction_do_not_reach_the_tables(stand: Newsstand) -> None:
    title = "<title>Sol\x00diers\x1b[31m \u202eleave\u202c\ufeff</title>"
    bad = "<p>Bad \x00\x07\x1f\x9dsigns\u200b here, and e\u0301 too, he said again.</p>"
    text = text_of(stand, html(TEXT + bad, title))
    assert "Bad signs here, and é too" in text
    assert stand.documents[0]["title"] == "Soldiers[31m leave"


def test_a_title_of_a_megabyte_is_cut(stand: Newsstand) -> None:
    text_of(stand, html(head=f"<meta property='og:title' content='{'Long ' * 200_000}'>"))
    assert len(stand.documents[0]["title"]) <= 500


@pytest.mark.parametrize(
    ("encoding", "kind"),
    [
        ("utf-8", None),
        ("utf-8", "text/html; charset=iso-8859-1"),
        ("cp1252", "text/html; charset=utf-8"),
        ("cp1252", "text/html; charset=iso-8859-1"),
        ("cp1252", "text/html"),
        ("cp1252", 'text/html; charset="no-such-thing"'),
        ("utf-16", "text/html"),
        ("utf-8-sig", "text/html; charset=windows-1252"),
    ],
)
def test_western_encodings_declared_rightly_or_wrongly(stand: Newsstand, encoding: str, kind: str | None) -> None:
    assert "“we’re sending troops” and the café’s owner agreed – at once" in text_of(
        stand, html(TEXT + QUOTED).encode(encoding), kind
    )


def test_a_stray_byte_in_utf_8_spoils_only_itself(stand: Newsstand) -> None:
    body = html(TEXT + QUOTED * 3 + "<p>It’s a stray# quote, as the editor said to the reporter.</p>").encode()
    assert "sending troops” and the café" in text_of(stand, body.replace(b"stray#", b"stray\x92"))
    assert "stray’ quote" in stand.documents[0]["text"]


def test_doubly_encoded_text_is_read_as_it_was_meant(stand: Newsstand) -> None:
    doubled = html(TEXT + QUOTED).encode().decode("cp1252", "replace").replace("\ufffd", "\x9d").encode()
    assert "“we’re sending troops” and the café’s owner agreed – at once" in text_of(stand, doubled)


@pytest.mark.parametrize(
    ("encoding", "declared", "words", "language"),
    [
        ("cp1251", "utf-8", "Министр заявил, что войска были выведены с базы на границе в пятницу утром. ", "ru"),
        ("cp949", "euc-kr", "국방부는 금요일 병사 약 300명이 북부 기지를 떠나 국경으로 향했다고 밝혔다. ", "ko"),
        ("cp932", "utf-8", "国防省は金曜日、約300人の兵士が北部の基地を離れて国境に向かったと発表した。 ", "ja"),
        ("utf-8", "utf-8", "وقالت الوزارة يوم الجمعة إن نحو ثلاثمئة جندي غادروا القاعدة الشمالية إلى الحدود. ", "ar"),
        (
            "utf-8",
            "utf-8",
            "Das Ministerium teilte Freitag mit, dass rund 300 Soldaten die Kaserne verließen. ",
            "de",
        ),
    ],
)
def test_other_languages_are_read_and_named(
    stand: Newsstand, encoding: str, declared: str, words: str, language: str
) -> None:
    body = html("".join(f"<p>{n}. {words * 4}</p>" for n in range(5))).encode(encoding)
    assert words.strip() in text_of(stand, body, f"text/html; charset={declared}")
    assert stand.documents[0]["language"] == language


@pytest.mark.parametrize("length", [0.5, 0.98])
def test_a_truncated_capture_is_a_damaged_record(stand: Newsstand, length: float) -> None:
    path = stand.capture("pages", (URL, block(html(TEXT * 50 + f"<p>{hash('x')}</p>"))))
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * length)])
    stand.run()
    assert [row["rule"] for row in stand.quarantine] == ["damaged_record"]


def test_an_offset_that_leads_elsewhere_is_a_damaged_record(stand: Newsstand) -> None:
    stand.capture("pages", (URL, block(html())), (URL + "-2", block(html(TEXT + "<p>Two.</p>"))))
    first, second = stand.fetches
    stand.lake.replace(LAKE["fetches"], first["day"], [first | {"warc_offset": second["warc_offset"]}, second])
    stand.run()
    assert [(row["rule"], row["url"]) for row in stand.quarantine] == [("damaged_record", URL)]
    assert len(stand.documents) == 1


@pytest.mark.parametrize(
    "answer", [b"", b"no HTTP at all", b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nno gzip"]
)
def test_what_is_no_http_response_is_quarantined(stand: Newsstand, answer: bytes) -> None:
    stand.capture("pages", (URL, answer))
    stand.run()
    (row,) = stand.quarantine
    assert row["rule"] in {"unreadable", "not_ok", "empty", "damaged_record", "not_html"}


def test_a_bomb_is_too_large(stand: Newsstand) -> None:
    body = gzip.compress(b"<p>" + b" " * responses.MAX_BODY, 9)
    head = (
        f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    stand.capture("pages", (URL, head.encode() + body))
    stand.run()
    assert [row["rule"] for row in stand.quarantine] == ["too_large"]
