"""Feeds, sitemaps, robots.txt, and the source specs that name them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest
import yaml
from newsroom_reader import AFTER_ALL, Reader

from newsroom.content import HOME, outlet, outlets
from newsroom.model import Outlet
from newsroom.render import FEED_LENGTH, http_date

MAP = {"map": "http://www.sitemaps.org/schemas/sitemap/0.9", "news": "http://www.google.com/schemas/sitemap-news/0.9"}
FULL_TEXT = "{http://purl.org/rss/1.0/modules/content/}encoded"
DAYS = sorted({each.day for owner in outlets() for each in owner.pages})
FEEDS = [each for each in outlets() if each.feed]
SPECS = sorted((HOME.parent / "sources" / "demo").glob("*.yaml"))
KEYS = ["name", "title", "country", "language", "kind", "url", "content", "voice", "articles"]
COURIER = outlet("harbour_courier")


def _tree(reader: Reader, host: str, target: str) -> ElementTree.Element:
    return ElementTree.fromstring(reader.get(host, target).body)  # noqa: S314 - served by this very test


def _items(reader: Reader, owner: Outlet) -> list[ElementTree.Element]:
    assert owner.feed is not None
    return _tree(reader, owner.host, owner.feed).findall("channel/item")


def _locations(reader: Reader, target: str) -> list[str]:
    found = _tree(reader, COURIER.host, target).findall("map:url/map:loc", MAP)
    return [location.text or "" for location in found]


def _instants() -> list[datetime]:
    midnights = [datetime.fromisoformat(day).replace(tzinfo=UTC) for day in DAYS]
    return [midnight + timedelta(hours=hour) for midnight in midnights for hour in (12, 24)]


@pytest.mark.parametrize("owner", FEEDS, ids=lambda owner: owner.name)
def test_feeds_are_xml_and_hold_what_is_out(reader: Reader, owner: Outlet) -> None:
    for reader.now in _instants():
        items = _items(reader, owner)
        shown = owner.published_by(reader.now)[:FEED_LENGTH]
        assert [item.findtext("guid") for item in items] == [owner.url(each.path) for each in shown]
        assert [item.findtext("pubDate") for item in items] == [http_date(each.published) for each in shown]


def test_a_feed_holds_twenty_items_at_most(reader: Reader) -> None:
    counts = {owner.name: len(_items(reader, owner)) for owner in FEEDS}
    assert max(counts.values()) == FEED_LENGTH


def test_a_feed_knows_the_right_date_of_a_page_with_a_wrong_one(reader: Reader) -> None:
    post = outlet("tarnford_post")
    each = next(each for each in post.pages if each.metadata_date)
    item = next(item for item in _items(reader, post) if item.findtext("guid") == post.url(each.path))
    assert "04 Nov 2024" in (item.findtext("pubDate") or "")
    assert b'<meta name="date" content="2025-11-04">' in reader.get(post.host, each.path).body


def test_a_full_text_feed_carries_every_paragraph(reader: Reader) -> None:
    brief = outlet("kalda_brief")
    for item, each in zip(_items(reader, brief), brief.published_by(AFTER_ALL), strict=True):
        assert (item.findtext(FULL_TEXT) or "").count("<p>") == len(each.paragraphs)


def test_feeds_link_what_is_gone_or_forbidden(reader: Reader) -> None:
    reader.now = datetime(2024, 10, 24, tzinfo=UTC)
    links = [item.findtext("link") or "" for item in _items(reader, outlet("tarnford_post"))]
    assert any("/members/" in link for link in links)
    assert any(reader.get("tarnfordpost.example", link).status == 404 for link in links)


def test_hostile_titles_reach_the_feed(reader: Reader) -> None:
    titles = [item.findtext("title") or "" for item in _items(reader, outlet("tarnford_post"))]
    assert any("<script>window.hostile=1</script>" in title and "\x9b" in title for title in titles)


@pytest.mark.parametrize("day", DAYS)
def test_archive_sitemaps_are_complete(reader: Reader, day: str) -> None:
    locations = _locations(reader, f"/sitemaps/{day}.xml")
    assert sorted(locations) == sorted(COURIER.url(each.path) for each in COURIER.pages if each.day == day)


def test_the_archive_has_quiet_days_but_no_future(reader: Reader) -> None:
    assert _locations(reader, "/sitemaps/2024-10-19.xml") == []
    assert reader.get(COURIER.host, "/sitemaps/2024-11-06.xml").status == 404
    assert reader.get("narae.example", "/sitemaps/2024-10-18.xml").status == 404


def test_the_news_sitemap_shows_two_days(reader: Reader) -> None:
    reader.now = datetime(2024, 10, 20, tzinfo=UTC)
    assert COURIER.sitemap is not None
    assert sorted(_locations(reader, COURIER.sitemap)) == sorted(_locations(reader, "/sitemaps/2024-10-18.xml"))


def test_a_sitemap_tells_of_a_correction(reader: Reader) -> None:
    corrected = next(each for each in COURIER.pages if each.correction)
    assert corrected.correction is not None
    mark = f"<lastmod>{corrected.correction.at.isoformat()}</lastmod>".encode()
    reader.now = corrected.correction.at - timedelta(seconds=1)
    assert mark not in reader.get(COURIER.host, f"/sitemaps/{corrected.day}.xml").body
    reader.now = corrected.correction.at
    assert mark in reader.get(COURIER.host, f"/sitemaps/{corrected.day}.xml").body


def test_robots_forbids_the_members_pages_and_nothing_else(reader: Reader) -> None:
    for owner in outlets():
        rules = RobotFileParser()
        rules.parse(reader.get(owner.host, "/robots.txt").body.decode().splitlines())
        forbidden = {each.path for each in owner.pages if not rules.can_fetch("troopwatch", owner.url(each.path))}
        assert forbidden == {each.path for each in owner.pages if each.path.startswith("/members/")}
        assert rules.can_fetch("troopwatch", owner.url(owner.feed or owner.sitemap or "/"))


def test_one_robots_file_asks_for_no_delay(reader: Reader) -> None:
    assert b"Crawl-delay: 0" in reader.get("tarnfordpost.example", "/robots.txt").body


def test_every_outlet_has_a_spec() -> None:
    assert [file.stem for file in SPECS] == [each.name for each in outlets()]


@pytest.mark.parametrize("file", SPECS, ids=lambda file: file.stem)
def test_a_spec_names_what_is_served(reader: Reader, file: Path) -> None:
    spec: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    owner = outlet(file.stem)
    assert [key for key in spec if key not in ("archive", "expects")] == KEYS
    assert ("archive" in spec) == (spec["kind"] == "sitemap")
    assert (spec["name"], spec["country"], spec["language"]) == (owner.name, owner.country, owner.language)
    assert spec["content"] == ("feed" if owner.feed_full_text else "page")
    assert spec["url"] == owner.url((owner.sitemap if spec["kind"] == "sitemap" else owner.feed) or "")
    for url in filter(None, [spec["url"], spec.get("archive")]):
        parts = urlsplit(url.format(day="2024-10-18"))
        assert reader.get(parts.netloc, parts.path).status == 200
