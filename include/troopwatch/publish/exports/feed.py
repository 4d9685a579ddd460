"""The Atom feed of editions: whoever follows it learns of each, and reaches its report and its downloads."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from feedgen.entry import FeedEntry
from feedgen.ext.base import BaseEntryExtension
from feedgen.feed import FeedGenerator
from feedgen.util import xml_elem
from lxml import etree

from troopwatch.publish.edition import PublishError
from troopwatch.tables import SCHEMA_VERSION

MOST = 50
"""Editions in the feed, the newest: readers ask for it often."""
HOME = "https://github.com/troopwatch/troopwatch"
"""What ids are made from; nothing is fetched from there."""


def feed(editions: Sequence[Mapping[str, Any]]) -> bytes:
    """An Atom feed of these rows of the table `editions`, in any order; its place is <data>/published/editions.atom.

    Links lead from there. Same rows, same bytes: nothing but the rows says when it was made. Raises PublishError where
    there is no row, for a feed must say when it changed.
    """
    newest = sorted(editions, key=lambda row: int(row["edition"]), reverse=True)[:MOST]
    if not newest:
        raise PublishError("there is no edition yet, so there is no feed of them")
    made = FeedGenerator()
    made.id(_id("editions"))
    made.title("Troopwatch: editions")
    made.subtitle("Troop deployments and demands as the news has them; each edition with what it changed and why.")
    made.author({"name": "Troopwatch"})
    made.generator("Troopwatch", version=SCHEMA_VERSION)
    made.updated(_instant(newest[0]["made_at"]))
    made.link(href="editions.atom", rel="self", type="application/atom+xml")
    made.link(href="index.html", rel="alternate", type="text/html")
    for row in newest:
        made.add_entry(_entry(row), order="append")
    # feedgen comes without types
    written: bytes = made.atom_str(pretty=True)
    return written


class Related(BaseEntryExtension):  # type: ignore[misc]  # feedgen comes without types
    """Links beside an entry's page: those that feedgen itself writes lose their `rel`."""

    def __init__(self) -> None:
        self.links: dict[str, str] = {}

    def extend_atom(self, entry: etree._Element) -> None:
        for title, href in self.links.items():
            xml_elem("link", entry, rel="related", type="application/json", title=title, href=href)


def _entry(row: Mapping[str, Any]) -> FeedEntry:
    number, days = int(row["edition"]), sorted(map(str, row["days"]))
    folder = f"editions/{number:06d}"
    entry = FeedEntry()
    entry.id(_id(f"edition {number} {row['content']}"))
    entry.title(f"Edition {number}: {', '.join(days) or 'no day'}")
    entry.updated(_instant(row["made_at"]))
    entry.published(_instant(row["made_at"]))
    entry.link(href=f"{folder}/index.html")
    entry.register_extension("related", Related, rss=False)
    entry.related.links = {
        "inputs and fingerprints": f"{folder}/edition.json",
        "downloads": f"{folder}/datapackage.json",
    }
    entry.summary(_summary(row))
    return entry


def _summary(row: Mapping[str, Any]) -> str:
    changes = f"{row['added']:,} rows added, {row['changed']:,} changed, {row['removed']:,} removed"
    return f"{row['reason'].replace('_', ' ')}: {changes}; {row['rows']:,} in all. Content {row['content']}."


def _id(what: str) -> str:
    return uuid5(NAMESPACE_URL, f"{HOME} {what}").urn


def _instant(made_at: datetime | str) -> datetime:
    """The time with its zone; a row read back from JSON has it as text."""
    found = made_at if isinstance(made_at, datetime) else datetime.fromisoformat(made_at)
    return found.astimezone(UTC)
