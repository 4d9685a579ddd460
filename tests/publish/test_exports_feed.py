"""The Atom feed of editions, as a feed reader takes it."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from lxml import etree

from troopwatch.publish import exports
from troopwatch.publish.edition import PublishError

NAMES = {"a": "http://www.w3.org/2005/Atom"}


def row(number: int, **given: Any) -> dict[str, Any]:
    """A row of the table `editions`."""
    made = {
        "edition": number,
        "made_at": datetime(2024, 11, 1 + number % 28, 0, 30, tzinfo=UTC),
        "days": [date(2024, 10, 30 + n) for n in (0, 1)],
        "reason": "late_article",
        "content": f"{number:064x}",
        "rows": 1200,
        "added": 12,
        "changed": 3,
        "removed": 1,
    }
    return made | given


def read(feed: bytes, path: str) -> list[str]:
    """What an XPath finds; the document may hold no entity."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    found = etree.fromstring(feed, parser).xpath(path, namespaces=NAMES)
    return [str(each) for each in found] if isinstance(found, list) else [f"{found:.0f}"]


def test_editions_are_entries_the_newest_first() -> None:
    feed = exports.feed([row(1), row(3), row(2)])
    assert read(feed, "//a:entry/a:title/text()") == [f"Edition {n}: 2024-10-30, 2024-10-31" for n in (3, 2, 1)]
    assert read(feed, "/a:feed/a:updated/text()") == ["2024-11-04T00:30:00+00:00"]
    assert read(feed, "//a:entry[1]/a:updated/text()") == ["2024-11-04T00:30:00+00:00"]
    words = f"late article: 12 rows added, 3 changed, 1 removed; 1,200 in all. Content {3:064x}."
    assert read(feed, "//a:entry[1]/a:summary/text()") == [words]


def test_links_lead_to_its_page_and_what_lies_beside_it() -> None:
    feed = exports.feed([row(12, made_at="2024-11-05T00:30:00Z")])
    assert read(feed, "//a:entry/a:link[not(@rel)]/@href") == ["editions/000012/index.html"]
    related = read(feed, "//a:entry/a:link[@rel='related']/@href")
    assert related == ["editions/000012/edition.json", "editions/000012/datapackage.json"]
    assert read(feed, "/a:feed/a:link[@rel='self']/@href") == ["editions.atom"]


def test_what_atom_demands_is_there_once() -> None:
    """RFC 4287: id, title and updated of the feed and of each entry, an author, one page of an entry."""
    feed = exports.feed([row(1), row(2)])
    for name in ("id", "title", "updated"):
        assert read(feed, f"count(/a:feed/a:{name})") == ["1"], name
        assert read(feed, f"count(//a:entry/a:{name})") == ["2"], name
    assert read(feed, "count(/a:feed/a:author/a:name)") == ["1"]
    assert read(feed, "count(//a:entry/a:link[not(@rel) or @rel='alternate'])") == ["2"]


def test_ids_are_an_editions_own_and_stay() -> None:
    ids = read(exports.feed([row(1), row(2)]), "//a:id/text()")
    assert len(set(ids)) == 3 and all(each.startswith("urn:uuid:") for each in ids)
    later = read(exports.feed([row(1), row(2), row(3)]), "//a:id/text()")
    assert set(ids) < set(later)
    assert set(read(exports.feed([row(1, content="f" * 64)]), "//a:entry/a:id/text()")).isdisjoint(ids)


def test_same_rows_give_the_same_bytes() -> None:
    assert exports.feed([row(1), row(2)]) == exports.feed([row(2), row(1)])


def test_only_the_newest_are_in_it() -> None:
    titles = read(exports.feed([row(n, days=[]) for n in range(1, 200)]), "//a:entry/a:title/text()")
    assert len(titles) == 50 and titles[0] == "Edition 199: no day"


def test_no_edition_is_no_feed() -> None:
    with pytest.raises(PublishError, match="there is no edition yet"):
        exports.feed([])
