"""Listings, redirects and hosts that anybody may have written: each line costs itself alone."""

import asyncio
from html import escape
from io import BytesIO

import hypothesis
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrape_helpers import DAY, PAGE, Visit, feed, page

from troopwatch import captures, days
from troopwatch.captures import Record, Writer
from troopwatch.lake import to_arrow
from troopwatch.scrape import listings, live, plan
from troopwatch.scrape.shelf import Shelf
from troopwatch.scrape.web import Web
from troopwatch.settings import Settings
from troopwatch.sources import Feed, Sitemap
from troopwatch.tables import LAKE

LIST, NOW = "http://x.example/list", days.end(DAY)
HOSTS = [
    "x.example",
    "[x",
    "[::1]",
    "x.example:99999",
    "x.example:x",
    "",
    "127.0.0.1",
    "a b",
    "xn--a",
    "é.example",
    "u@h",
]
links = st.builds(
    "{}//{}/{}".format, st.sampled_from(["http:", "https:", "HTTP:", "ftp:"]), st.sampled_from(HOSTS), st.text()
)
dates = st.sampled_from(
    [
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
        "0000-00-00",
        "2022-03-01T10:00:00Z",
        "Tue, 99 Foo 10000",
    ]
)


def sitemap(*items: tuple[str, str]) -> bytes:
    urls = "".join(f"<url><loc>{loc}</loc><lastmod>{when}</lastmod></url>" for loc, when in items)
    return f"<urlset>{urls}</urlset>".encode("utf-8", "replace")


def atom(*items: tuple[str, str]) -> bytes:
    entries = "".join(f'<entry><link href="{u}"/><published>{when}</published></entry>' for u, when in items)
    return f'<feed xmlns="http://www.w3.org/2005/Atom">{entries}</feed>'.encode("utf-8", "replace")


class Served(Web):
    """Serves one listing, a redirect to wherever `to` says, and a page for everything else that can be asked."""

    body, to = b"", ""

    async def _once(self, url: str) -> Record | str:
        if url.endswith("/to"):
            return self.to
        content = self.body if url == LIST else b"" if url.endswith("/robots.txt") else b"<html>x</html>"
        return Record(url, self.now, b"HTTP/1.1 200 OK\r\n\r\n" + content)


def visit_of(kind: str, body: bytes, to: str = "") -> tuple[list[dict[str, object]], BytesIO]:
    """The rows and the WARC file of a visit to a source with this listing."""
    model = Feed if kind == "feed" else Sitemap
    source = model.model_validate({"name": "x", "title": "X", "kind": kind, "url": LIST, "articles": {"ceiling": 9}})
    file = BytesIO()
    shelf = Shelf(DAY, "x", "x.warc.gz", Writer(file))

    async def ask() -> None:
        async with Served(Settings(pause=0), NOW) as web:
            web.body, web.to = body, to
            await live.Visit(source, plan.of_run(DAY, [], is_captured=False), web, shelf).all()

    asyncio.run(ask())
    return shelf.rows, file


@given(st.sampled_from(["feed", "sitemap"]), st.lists(st.tuples(links, dates), max_size=4), st.booleans(), st.text())
@hypothesis.settings(deadline=None, max_examples=150)
def test_no_listing_ends_a_visit(kind: str, items: list[tuple[str, str]], is_escaped: bool, to: str) -> None:
    made = atom if kind == "feed" else sitemap
    served = [(escape(u) if is_escaped else u, when) for u, when in [*items, ("http://x.example/to", "")]]
    fetches, file = visit_of(kind, made(*served), to)
    assert to_arrow(LAKE["fetches"], fetches).num_rows == len(fetches)
    for fetch in fetches:
        if fetch["outcome"] == "stored":
            file.seek(int(str(fetch["warc_offset"])))
            record = next(captures._read(file))
            assert isinstance(record, Record) and record.url == (fetch["final_url"] or fetch["url"])


@given(st.sampled_from(["feed", "sitemap"]), st.binary() | st.text().map(lambda t: t.encode("utf-8", "replace")))
@hypothesis.settings(deadline=None)
def test_any_bytes_are_read_or_refused(kind: str, body: bytes) -> None:
    try:
        assert isinstance(listings.read(kind, body).items, list)
    except listings.ListingError as error:
        assert str(error)


@pytest.mark.parametrize("when", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_a_date_out_of_range_is_none(when: str) -> None:
    wanted = [listings.Item("http://x.example/a", None)]
    assert listings.read("sitemap", sitemap(("http://x.example/a", when))).items == wanted
    assert listings.read("feed", atom(("http://x.example/a", when))).items == wanted


def test_addresses_are_put_on_one_line_and_escaped_but_plain_ones_are_kept_to_the_letter() -> None:
    words = ["\n http://x.example/a\n b\tc ", "http://X.example/%7e/../é", "http://X.example/%7e/../e"]
    read = listings.read("sitemap", sitemap(*((w, "") for w in words)))
    assert [i.url for i in read.items] == ["http://x.example/a%20bc", "http://x.example/%C3%A9", words[2]]


def test_an_address_that_is_none_is_a_failed_row_and_its_neighbours_are_fetched(visit: Visit) -> None:
    fetches, ledger, _ = visit({"/list": feed("http://[x/", "http://x.example/a"), "/a": PAGE})
    ends = {f["url"]: (f["outcome"], f["reason"]) for f in fetches if f["role"] == "page"}
    assert ends["http://[x/"][0] == "failed" and "no address" in str(ends["http://[x/"][1])
    assert ends["http://x.example/a"] == ("stored", None) and ledger["outcome"] == "captured"


def test_a_redirect_keeps_both_addresses(visit: Visit) -> None:
    moved = page(b"", 302, Location="http://y.example/b")
    fetches, _, _ = visit({"/list": feed("http://x.example/a"), "/a": moved, "/b": PAGE})
    (only,) = [f for f in fetches if f["role"] == "page"]
    assert (only["url"], only["final_url"]) == ("http://x.example/a", "http://y.example/b")
    assert {f["final_url"] for f in fetches if f is not only} == {None}


def test_a_redirect_does_not_lead_around_robots_txt(visit: Visit) -> None:
    robots, moved = page(b"User-agent: *\nDisallow: /private\n"), page(b"", 302, Location="/private/b")
    answers = {"/robots.txt": robots, "/list": feed("http://x.example/a"), "/a": moved, "/private/b": PAGE}
    fetches, _, asked = visit(answers)
    (only,) = [f for f in fetches if f["role"] == "page"]
    assert (only["url"], only["outcome"]) == ("http://x.example/a", "refused_by_robots")
    assert only["reason"] == "it leads to http://x.example/private/b, which robots.txt forbids"
    assert "/private/b" not in asked
