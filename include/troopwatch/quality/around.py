"""What the rows of a day are held against: its other tables, and what the source specs say."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from troopwatch.quality.model import Row
from troopwatch.sources import Source

Document = tuple[str, str]
"""A document's source and doc_id: two sources may have captured the same version."""
Place = tuple[str | None, int | None]
"""Where captured bytes lie: WARC file and offset."""


def document_of(row: Row) -> Document:
    return row["source"], row["doc_id"]


def capture_of(row: Row) -> Place:
    return row["warc_file"], row["warc_offset"]


@dataclass(frozen=True)
class Around:
    """One day: its rows by table, and the sources by name."""

    day: date
    tables: Mapping[str, Sequence[Row]]
    sources: Mapping[str, Source] = field(default_factory=dict)

    @cached_property
    def documents(self) -> dict[Document, Row]:
        return {document_of(row): row for row in self.tables["documents"]}

    @cached_property
    def ledger(self) -> dict[str, Row]:
        return {row["source"]: row for row in self.tables["ledger"]}

    @cached_property
    def has_captures(self) -> bool:
        """Whether any source was captured."""
        return any(row["outcome"] == "captured" for row in self.tables["ledger"])

    @cached_property
    def readings(self) -> set[Document]:
        return {document_of(row) for row in self.tables["readings"]}

    @cached_property
    def mentions(self) -> Counter[tuple[str, Document]]:
        """Rows by table and document."""
        return Counter((name, document_of(row)) for name in ("deployments", "demands") for row in self.tables[name])

    @cached_property
    def deployments(self) -> set[tuple[Document, str]]:
        return {(document_of(row), row["record_id"]) for row in self.tables["deployments"]}

    @cached_property
    def sizes(self) -> Counter[tuple[str, str]]:
        """Rows of documents and quarantine by table and source."""
        return Counter((name, row["source"]) for name in ("documents", "quarantine") for row in self.tables[name])

    @cached_property
    def tallied(self) -> set[str]:
        """Sources of which it is said what became of their captures."""
        return {row["source"] for row in self.tables["tallies"]}

    @cached_property
    def told(self) -> Counter[str]:
        """Stored responses that hold articles, by source."""
        stored = (row for row in self.tables["fetches"] if row["outcome"] == "stored")
        return Counter(row["source"] for row in stored if self._tells(row))

    def _tells(self, fetch: Row) -> bool:
        source = self.sources.get(fetch["source"])
        return source is not None and fetch["role"] == source.told_by

    @cached_property
    def fetched(self) -> Counter[tuple[str, str]]:
        """Fetches by source and outcome."""
        return Counter((row["source"], row["outcome"]) for row in self.tables["fetches"])

    @cached_property
    def failed(self) -> Counter[tuple[str, str]]:
        """Failed fetches by source and kind of failure."""
        return Counter((row["source"], row["failure"]) for row in self.tables["fetches"] if row["outcome"] == "failed")

    @cached_property
    def normalized(self) -> set[Place]:
        """Captures that became a document or a quarantined row."""
        return {capture_of(row) for name in ("documents", "quarantine") for row in self.tables[name]}

    @cached_property
    def addresses(self) -> set[tuple[str, str]]:
        """Source and address of every document, as it was asked for and as the page names itself."""
        return {(row["source"], row[name]) for row in self.tables["documents"] for name in ("url", "canonical_url")}

    @cached_property
    def lost(self) -> Counter[str]:
        """Stored pages by source that are neither a document nor a quarantined row."""
        return Counter(row["source"] for row in self.tables["fetches"] if self.is_lost(row))

    def is_lost(self, fetch: Row) -> bool:
        """Whether a stored page was normalized into nothing.

        Only pages can be followed one by one: the items of a feed come again in its next capture and are kept once.
        A page that was captured twice is kept once too, and its address stands in the document of the first capture.
        """
        source = self.sources.get(fetch["source"])
        followed = source is not None and source.content == "page" and fetch["role"] == "page"
        if not followed or fetch["outcome"] != "stored":
            return False
        return capture_of(fetch) not in self.normalized and (fetch["source"], fetch["url"]) not in self.addresses
