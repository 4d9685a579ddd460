"""Days of a lake that hold only what the SQL is about: every other column has a value that nobody looks at."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha1
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from troopwatch import aggregate
from troopwatch.lake import Lake
from troopwatch.quality import verdicts
from troopwatch.quality.suites import GATES
from troopwatch.settings import Settings
from troopwatch.tables import LAKE
from troopwatch.tables.model import Column
from troopwatch.tables.scrape import COUNTS

Row = dict[str, Any]
SEEN = datetime(2024, 10, 18, 9, 30, tzinfo=UTC)
PLAIN = {pa.string(): "-", pa.int64(): 1, pa.float64(): 0.5, pa.bool_(): False, pa.timestamp("us", tz="UTC"): SEEN}

MON = date(2024, 10, 14)


def row(table: str, day: date, **values: Any) -> Row:
    """A row of a lake table for the source `wire`; what is not given is as plain as its column allows."""
    columns = LAKE[table].columns
    return {c.name: _plain(c) for c in columns} | {"day": day, "source": "wire"} | values


def _plain(column: Column) -> Any:
    if column.null:
        return None
    if column.values:
        return column.values[0]
    return [] if pa.types.is_list(column.type) else PLAIN.get(column.type)


def place(country: str | None) -> Row:
    known = {"text": "there", "start": 0, "end": 5, "geonameid": None, "role": "in", "disputed": False}
    return known | {"country": country}


TROOPS = {
    "force_owner_code": "PRKMIL",
    "places": [place("RUS")],
    "phase": "present",
    "speaker_text": "the Pentagon",
    "speaker_code": "USAMIL",
    "sentence": "There they are.",
}


@dataclass
class Days:
    """A lake that grows day by day, and the edition that is made of it."""

    data: Path

    @property
    def lake(self) -> Lake:
        return Lake(self.data)

    def add(
        self,
        day: date,
        *docs: str | Row,
        forces: tuple[Row, ...] = (),
        each: tuple[Row, ...] = (),
        closed: str = "",
        **ledger: Any,
    ) -> None:
        """A day that captured these documents, by id or by their columns.

        The deployments of `forces` stand in the first of them, those of `each` in all.
        """
        counted = dict.fromkeys((c.name for c in COUNTS), 0) | {"requests": 3, "responses": len(docs)}
        asked = {"outcome": "captured"} | counted
        given = [{"doc_id": doc, "article_id": doc} if isinstance(doc, str) else doc for doc in docs]
        same = [{key: doc[key] for key in ("doc_id", "article_id", "source") if key in doc} for doc in given]
        counts = [{"deployments": 0 if n else len(forces), "demands": 0, "outcome": "read"} for n in range(len(docs))]
        said = [*((same[0], force) for force in forces), *((doc, force) for doc in same for force in each)]
        read = {"found": len(docs), "repeated": 0}
        rows = {
            "ledger": [row("ledger", day, **asked | ledger)],
            "tallies": [row("tallies", day, **read)],
            "documents": [row("documents", day, **doc) for doc in given],
            "readings": [row("readings", day, **doc, **count) for doc, count in zip(same, counts, strict=True)],
            "deployments": [
                row("deployments", day, **doc, record_id=record_id(doc, n), **f) for n, (doc, f) in enumerate(said)
            ],
        }
        for name in ("ledger", "fetches", "documents", "quarantine", "tallies", "readings", "deployments", "demands"):
            self.lake.replace(LAKE[name], day, rows.get(name, []))
        self.judge(day, closed)

    def judge(self, day: date, closed: str = "") -> None:
        """Verdicts on the day as it is."""
        failed = {"check_id": closed, "passed": False, "severity": "critical"}
        for gate in GATES.values():
            findings = [row("checks", day, **failed, gate=gate.name)] if closed else []
            verdicts.write(gate, day, self.lake, findings, verdicts.digests(gate, day, self.lake))

    def edition(self) -> Path:
        return aggregate.run(Settings(data=self.data)).path

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        """Rows of a new edition."""
        with duckdb.connect(str(self.edition()), read_only=True) as connection:
            return connection.execute(sql).fetchall()


def record_id(doc: Row, number: int) -> str:
    """The same for a mention however often its document is captured."""
    return sha1(f"{doc['doc_id']} {number}".encode(), usedforsecurity=False).hexdigest()


def doc(name: str, day: date = MON) -> Row:
    """An article of an outlet of its own."""
    published = {"published_at": datetime(day.year, day.month, day.day, 9, tzinfo=UTC), "published_precision": "minute"}
    return {"doc_id": name, "article_id": name, "source": f"of_{name}", "outlet": f"The {name}"} | published


def said(made: Days, *mentions: Row, days: tuple[int, ...] = ()) -> Days:
    """Each mention in an article of its own, published on Monday or that many days later; captured long after."""
    later = dict(enumerate(days))
    for n, mention in enumerate(mentions):
        article = doc(f"a{n}", MON + timedelta(days=later.get(n, 0)))
        force = TROOPS | {"published_at": article["published_at"]} | mention
        made.add(MON + timedelta(days=40 + n), article, forces=(force,))
    return made
