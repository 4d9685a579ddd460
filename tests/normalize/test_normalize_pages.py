"""What is read off a page: body, title, authors, time, whether it is a stub."""

import json
from typing import Any

import pytest
from normalize_lake import NOON, SENTENCE, TEXT, URL, html

from troopwatch.normalize import Article, Refusal, html_page


def linked(**facts: Any) -> str:
    data = json.dumps({"@type": "NewsArticle", "headline": "Linked"} | facts)
    return f'<script type="application/ld+json">{data}</script>'


def article(body: str = TEXT, head: str = "", url: str = URL) -> Article:
    found = html_page(html(body, head), url, NOON)
    assert isinstance(found, Article), found
    return found


@pytest.mark.parametrize(
    ("head", "title"),
    [
        (linked(headline="A &amp; <b>B</b>") + "<meta property='og:title' content='A &amp; other'>", "A & B"),
        (linked(headline="Cut off …") + "<meta property='og:title' content='Whole headline'>", "Whole headline"),
        ("<meta property='og:title' content='The og title'><title>Other | Site</title>", "The og title"),
        ("<title>Troops leave the base - The Pages</title>", "Troops leave the base"),
        ("<title>Untitled Document</title>", None),
        ("<meta property='og:title' content='Troops leave | Outlet'>", "Troops leave"),
        ("<meta property='og:title' content='Troops leave - The Outlet'>", "Troops leave"),
        (
            "<meta property='og:title' content='Troops leave — Daily'><meta property='og:site_name' content='daily'>",
            "Troops leave",
        ),
        (
            "<meta property='og:title' content='Troops leave - and nobody knows why'>",
            "Troops leave - and nobody knows why",
        ),
        (
            linked(headline="An image of a base") + "<meta property='og:title' content='Soldiers leave | Outlet'>",
            "Soldiers leave",
        ),
        ('<script type="application/ld+json">{"headline": "x</script><title>Broken data</title>', "Broken data"),
    ],
)
def test_titles(head: str, title: str | None) -> None:
    assert article(head=head).title == title


def test_the_only_h1_names_a_page_without_metadata() -> None:
    assert article("<h1>Heading of it</h1>" + TEXT, "<title>Some site</title>").title == "Heading of it"


@pytest.mark.parametrize(
    ("body", "head", "authors"),
    [
        ("", linked(author=[{"name": "Ann Lee"}, {"name": "By Bo Ray"}, {"name": "Ann Lee"}]), "Ann Lee; Bo Ray"),
        ("", linked(author="Ann Lee"), "Ann Lee"),
        ("", linked(author={"@type": "Person", "name": ["Ann Lee", "Bo Ray"]}), "Ann Lee; Bo Ray"),
        ("", linked(author=[None, 7, {"name": ""}]) + "<meta name='author' content='Cy Wu'>", "Cy Wu"),
        ("<p class='byline'>By Dee Oh · <time>now</time></p>", "", "Dee Oh"),
        ("", "<meta property='article:author' content='https://social.example/ann'>", None),
        ("", linked(author=[{"@type": "Organization", "name": "Big Wire"}]), None),
        ("", linked(author="Reuters") + "<meta name='author' content='Staff Reporter'>", None),
        ("", "<meta name='author' content='DEE OH, AP Military Writer'>", "DEE OH"),
        ("", "<meta name='author' content='Dee Oh, Bo Ray and Ann Lee McCoy'>", "Dee Oh; Bo Ray; Ann Lee McCoy"),
        ("", "<meta name='author' content='Oh, Dee'>", "Dee Oh"),
        ("", "<meta name='author' content='Analysis by Dee Oh, Outlet.example'>", "Dee Oh"),
        ("", "<meta name='author' content='@deeoh'>", None),
        ("", "<meta name='author' content='The Outlet'><meta property='og:site_name' content='The Outlet'>", None),
        ("<a rel='author'>Dee Oh</a><a rel='author'>Bo Ray</a>", "", "Dee Oh; Bo Ray"),
        ("<div class='related'><a rel='author'>Dee Oh</a></div>", "", None),
    ],
)
def test_authors(body: str, head: str, authors: str | None) -> None:
    assert article(body + TEXT, head).authors == authors


@pytest.mark.parametrize(
    ("body", "head", "url", "expected"),
    [
        ("", linked(datePublished="2024-10-18T09:00:00+09:00"), URL, ("00:00:00", "second", "json_ld")),
        (
            "",
            "<meta property='article:published_time' content='2024-10-18T03:04:05Z'>",
            URL,
            ("03:04:05", "second", "meta"),
        ),
        ("", "<meta property='article:modified_time' content='2024-10-18T03:04:05Z'>", URL, ("00:00:00", "day", "url")),
        ("<time datetime='2024-10-18T03:04Z'>x</time>", "", "http://o.example/x", ("03:04:00", "minute", "time")),
        ("", linked(datePublished="2031-01-01"), URL, ("00:00:00", "day", "url")),
        (
            "",
            linked(datePublished="2024-10-18") + "<meta name='date' content='2024-10-18T03:04:05Z'>",
            URL,
            ("03:04:05", "second", "meta"),
        ),
        ("<abbr class='published' title='2024-10-18T03:04:05Z'>Friday</abbr>", "", URL, ("03:04:05", "second", "time")),
        ("<p class='dateline'>October 17, 2024</p>", "", "http://o.example/x", ("00:00:00", "day", "time")),
        ("", '<script>{"publishedAt": "2024-10-18T03:04:05Z"}</script>', URL, ("03:04:05", "second", "script")),
        (
            "",
            '<script>[{"pubDate": "2024-10-18T03:04Z"}, {"pubDate": "2024-10-17T03:04Z"}]</script>',
            URL,
            ("00:00:00", "day", "url"),
        ),
    ],
)
def test_publication_times(body: str, head: str, url: str, expected: tuple[str, str, str]) -> None:
    found = article(body + TEXT, head, url).published
    assert (f"{found.at:%H:%M:%S}", found.precision, found.origin) == expected


def test_an_undated_page_stays_undated() -> None:
    assert article(url="http://o.example/x").published.at is None


def test_linked_text_is_taken_where_the_page_shows_it_and_parted_as_the_page_is() -> None:
    parts = [f"{n}. {SENTENCE.strip()} Also the unit with number {n} has arrived there since." for n in range(8)]
    shown = "".join(f"<p>{part}</p>" for part in parts)
    found = article(shown, linked(articleBody=" ".join(parts)))
    assert found.method == "json_ld"
    assert found.text == "\n\n".join(parts)


def test_linked_text_that_the_page_does_not_show_is_not_believed() -> None:
    found = article(head=linked(articleBody="Something else entirely is claimed here by the site. " * 30))
    assert found.method.startswith("trafilatura")
    assert "claimed" not in found.text


def test_comments_and_menus_are_no_part_of_the_body() -> None:
    comments = "<div id='comments' class='comments'><p>I say five thousand troops left, said a reader below.</p></div>"
    menu = "<nav><ul><li><a href='/'>Home</a></li><li><a href='/war'>War</a></li></ul></nav>"
    found = article(TEXT).text
    page = html_page(f"<html><body>{menu}<article>{TEXT * 2}</article>{comments}</body></html>", URL, NOON)
    assert isinstance(page, Article)
    assert "five thousand" not in page.text
    assert "Home" not in page.text + found


@pytest.mark.parametrize(
    ("body", "head", "is_stub"),
    [
        (f"<p>{SENTENCE * 3}</p>", linked(isAccessibleForFree=False), True),
        (f"<p>{SENTENCE * 3}</p>", linked(isAccessibleForFree="False"), True),
        (f"<p>{SENTENCE}</p>", linked(isAccessibleForFree=False), True),
        (f"<p>{SENTENCE * 3}</p><div class='paywall'><p>Subscribe</p></div>", "", True),
        (f"<p>{SENTENCE * 3}</p>", "<meta property='article:content_tier' content='locked'>", True),
        (f"<p>{SENTENCE * 3} It went on to say…</p>", linked(), True),
        (f"<p>{SENTENCE * 3}</p>", linked(isAccessibleForFree=True), False),
        (TEXT * 4, linked(isAccessibleForFree=False), False),
        (TEXT, "", False),
    ],
)
def test_stubs(body: str, head: str, is_stub: bool) -> None:
    assert article(body, head).is_stub is is_stub


def test_script_in_a_title_is_only_text() -> None:
    found = article(head="<meta property='og:title' content='&lt;script&gt;alert(1)&lt;/script&gt; Troops leave'>")
    assert found.title == "alert(1) Troops leave"


def test_a_short_page_is_refused_with_its_words() -> None:
    found = html_page(html("<p>Only this much is said here.</p>"), URL, NOON)
    assert isinstance(found, Refusal)
    assert found.rule == "too_short"
    assert "Only this much" in found.detail
