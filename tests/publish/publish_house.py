"""What surrounds the publish stage in a test: a data folder, gates to open and close, candidates to publish."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import publish_samples as samples
import pyarrow as pa
from lxml import html as lxml_html

from troopwatch import publish, quality
from troopwatch.lake import Lake, fingerprint
from troopwatch.publish.editions import shelf
from troopwatch.settings import Settings
from troopwatch.tables import LAKE, PUBLISHED
from troopwatch.tables.scrape import COUNTS

NOW = datetime(2024, 11, 8, 1, 30, tzinfo=UTC)

EDITIONS = re.compile(rb"<!-- editions: begin -->.*<!-- editions: end -->", re.DOTALL)
"""Where the landing page lists the editions."""


@dataclass
class House:
    """What surrounds the publish stage: the lake with its ledger and verdicts, and candidates to publish."""

    settings: Settings
    closed: dict[date, str] = field(default_factory=dict)
    """Why the gate of a day is closed; every other day that was judged is open."""

    @property
    def lake(self) -> Lake:
        return Lake(self.settings.data)

    @property
    def published(self) -> Path:
        return self.settings.published

    def is_open(self, day: date, lake: Lake) -> tuple[bool, str | None]:
        judged = {row["gate"] for row in lake.rows(LAKE["verdicts"], day)} >= {"documents", "mentions"}
        reason = self.closed.get(day) or (None if judged else "not judged by the documents gate")
        return reason is None, reason

    def tried(self, day: date, outcome: str = "captured") -> None:
        """Scrape has run: the day has a row in the ledger."""
        counts = dict.fromkeys((c.name for c in COUNTS), 0)
        times = dict.fromkeys(("first_captured_at", "last_captured_at", "reason"))
        row = {"day": day, "source": "narae_wire", "outcome": outcome, **counts, **times}
        self.lake.replace(LAKE["ledger"], day, [row])

    def judged(self, day: date, closed: str = "") -> None:
        """The gates have judged the day."""
        self.tried(day)
        row = {"day": day, "is_open": not closed, "closed_by": closed or None, "judged": []}
        self.lake.replace(LAKE["verdicts"], day, [row | {"gate": gate} for gate in ("documents", "mentions")])
        self.closed |= {day: closed} if closed else {}
        if not closed:
            self.closed.pop(day, None)

    def candidate(self, serial: int, tables: samples.Tables) -> Path:
        """A candidate that the edition gate has let through."""
        path = build(self.settings.data / "aggregate" / f"edition-{serial:06d}.duckdb", tables)
        quality.mark_of(path).write_text(fingerprint(path))
        return path

    def publish(self, day: date, tables: samples.Tables, serial: int = 1) -> dict[str, int]:
        """The day's gates open, and a candidate with these tables is published."""
        self.judged(day)
        return self.run([day], self.candidate(serial, tables))

    def run(self, days: Sequence[date], candidate: Path) -> dict[str, int]:
        """Publish a candidate with the reports of these days, at a time that is always the same."""
        return publish.run(days, candidate, self.settings, NOW)

    def report(self, day: date = samples.DAY) -> Path:
        return self.published / "reports" / day.isoformat() / "index.html"

    def page(self, day: date = samples.DAY) -> lxml_html.HtmlElement:
        return lxml_html.document_fromstring(self.report(day).read_bytes())

    def snapshot(self) -> dict[str, bytes]:
        """The bytes of all that is published, by name."""
        files = sorted(path for path in self.published.rglob("*") if path.is_file())
        return {path.relative_to(self.published).as_posix(): path.read_bytes() for path in files}

    def pages(self) -> dict[str, bytes]:
        """What is published beside the DuckDB file, whose bytes hold an identifier that DuckDB draws anew each time."""
        made_of_it = (".duckdb", "SHA256SUMS")
        return {name: content for name, content in self.snapshot().items() if not name.endswith(made_of_it)}

    def without_history(self) -> dict[str, bytes]:
        """The same without what the editions were: they come in the order of the runs."""
        pages = {name: content for name, content in self.pages().items() if not name.startswith("editions")}
        return pages | {"index.html": EDITIONS.sub(b"", pages["index.html"])}

    def editions(self) -> list[shelf.Kept]:
        """All editions that are kept, the oldest first."""
        return shelf.kept(self.published)

    def text(self, section: str, day: date = samples.DAY) -> str:
        """The words of one section of a report."""
        (found,) = self.page(day).xpath(f"//section[@aria-labelledby='{section}']")
        return " ".join(found.text_content().split())


def build(path: Path, tables: samples.Tables) -> Path:
    """A DuckDB file with all published tables, in the storage version that the aggregate stage writes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute(f"ATTACH '{path}' AS edition (STORAGE_VERSION 'v1.2.0')")
        connection.begin()
        for name, table in PUBLISHED.items():
            rows = [{column: row.get(column) for column in table.names} for row in tables.get(name, [])]
            connection.register("made", pa.Table.from_pylist(rows, schema=table.schema))
            connection.execute(f"CREATE TABLE edition.{name} AS SELECT * FROM made")
            connection.unregister("made")
        connection.commit()
        connection.execute("DETACH edition")
    return path
