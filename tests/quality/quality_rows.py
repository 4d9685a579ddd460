"""A small day whose every row is right, to be spoiled one row at a time."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from hashlib import sha1, sha256
from pathlib import Path
from typing import Any

from troopwatch import sources
from troopwatch.lake import Lake
from troopwatch.quality.around import Around
from troopwatch.quality.model import Row
from troopwatch.settings import Settings
from troopwatch.tables import LAKE
from troopwatch.tables.scrape import COUNTS

DAY = date(2024, 10, 18)
SEEN = datetime(2024, 10, 18, 9, 30, tzinfo=UTC)
SENTENCE = "Seoul demanded that about 10,000 North Korean troops be withdrawn from Russia at once."
TEXT = f"“Café” talks — 서울\n\n{SENTENCE}\n\nNothing else was said."

SPECS = {
    "wire": "content: page\narticles: {floor: 1, ceiling: 3}",
    "brief": "content: feed\narticles: {floor: 0, ceiling: 3}",
}


def _row(table: str, values: Row, changes: Row) -> Row:
    unknown = (values.keys() | changes.keys()) - set(LAKE[table].names)
    assert not unknown, f"{table} has no {unknown}"
    return dict.fromkeys(LAKE[table].names) | {"day": DAY, "source": "wire"} | values | changes


def _capture(number: int) -> Row:
    return {
        "url": f"https://wire.example/{number}",
        "captured_at": SEEN,
        "warc_file": f"scrape/captures/day={DAY}/wire.warc.gz",
        "warc_offset": 1000 * number,
    }


def _spans(**words: str) -> Row:
    """Columns of spans whose words stand once in the text."""
    ends = {name: (TEXT.index(said), TEXT.index(said) + len(said)) for name, said in words.items()}
    return {f"{name}_text": said for name, said in words.items()} | {
        f"{name}_{end}": value for name, pair in ends.items() for end, value in zip(("start", "end"), pair, strict=True)
    }


def ledger(**changes: Any) -> Row:
    counts = dict.fromkeys((c.name for c in COUNTS), 0) | {"requests": 3, "responses": 3}
    return _row("ledger", {"outcome": "captured"} | counts, changes)


def fetch(number: int, **changes: Any) -> Row:
    stored = {"role": "page", "outcome": "stored", "status": 200, "bytes": 5000, "payload_sha256": "0" * 64}
    return _row("fetches", _capture(number) | stored, changes)


def document(number: int, **changes: Any) -> Row:
    text = f"{TEXT}\n\nStory {number:04}."
    values = _capture(number) | {
        "article_id": f"article-{number}",
        "doc_id": f"doc-{number}",
        "outlet": "The Wire",
        "canonical_url": f"https://wire.example/canonical/{number}",
        "text": text,
        "text_sha256": sha256(text.encode()).hexdigest(),
        "language": "en",
        "published_at": SEEN,
        "published_precision": "minute",
        "published_origin": "meta",
        "is_stub": False,
        "characters": len(text),
        "boilerplate_removed": 0,
        "method": "test",
        "method_version": "1",
    }
    return _row("documents", values, changes)


def quarantined(number: int, **changes: Any) -> Row:
    return _row("quarantine", _capture(number) | {"item": "", "rule": "too_short"}, changes)


def tallied(rows: dict[str, list[Row]]) -> list[Row]:
    """What normalize says of a day that has these rows and in which nothing came twice."""
    return [_tally(rows, row["source"]) for row in rows["ledger"]]


def _tally(rows: dict[str, list[Row]], source: str) -> Row:
    told_by = "page" if source == "wire" else "listing"
    own = {name: [row for row in rows[name] if row["source"] == source] for name in ("documents", "quarantine")}
    roles = [f["role"] for f in rows["fetches"] if (f["source"], f["outcome"]) == (source, "stored")]
    ended = {"documents": len(own["documents"]), "quarantined": len(own["quarantine"])}
    read = {"set_aside": len(roles) - roles.count(told_by), "read": roles.count(told_by)}
    return _row("tallies", read | ended | {"found": sum(ended.values()), "repeated": 0}, {"source": source})


def reading(number: int, **changes: Any) -> Row:
    found = {"sentences": 3, "gated": 1, "deployments": 1, "demands": 1}
    same = {"article_id": f"article-{number}", "doc_id": f"doc-{number}"}
    return _row("readings", same | found | {"outcome": "read"}, changes)


def _mention(table: str, number: int, values: Row, changes: Row) -> Row:
    sentence = _spans(sentence=SENTENCE)
    of_document = {name: value for name, value in document(number).items() if name in LAKE[table].names}
    common = {
        "record_id": record_id(table, number),
        "sentence_id": f"sentence-{number}",
        "tense_class": "current",
        "status": "asserted",
        "quote": "none",
        "sentence": SENTENCE,
        "sentence_start": sentence["sentence_start"],
        "sentence_end": sentence["sentence_end"],
        "rule": "a rule",
        "confidence": 0.5,
        "extractor": "test",
        "extractor_version": "1",
        "codebook_version": "1",
    }
    return _row(table, of_document | common | values, changes)


def record_id(table: str, number: int) -> str:
    return sha1(f"{table} {number}".encode(), usedforsecurity=False).hexdigest()


def deployment(number: int, **changes: Any) -> Row:
    spans = _spans(trigger="troops", force="about 10,000 North Korean troops", count="about 10,000")
    place = {"country": "RUS", "geonameid": 2017370, "role": "in", "disputed": False}
    russia = {name.removeprefix("place_"): value for name, value in _spans(place="Russia").items()} | place
    said = {"force_owner_code": "PRK", "unit_type": "troops", "activity": "posture", "phase": "present"}
    counted = {"count_min": 10000, "count_max": 10000, "count_unit": "persons", "places": [russia]}
    return _mention("deployments", number, spans | said | counted, changes)


def demand(number: int, **changes: Any) -> Row:
    spans = _spans(trigger="demanded", demander="Seoul", addressee="North Korean", content="be withdrawn from Russia")
    said = {
        "demander_code": "KOR",
        "demander_kind": "state",
        "addressee_code": "PRK",
        "addressee_implied": True,
        "content_type": "withdraw_forces",
        "strength": "demand",
        "form": "verb",
        "response": "none",
        "concerns_deployment": True,
        "deployment_record_id": record_id("deployments", number),
    }
    return _mention("demands", number, spans | said, changes)


def write_specs(folder: Path) -> None:
    (folder / "test").mkdir(parents=True)
    for name, more in SPECS.items():
        words = f"name: {name}\ntitle: {name}\nkind: feed\nurl: https://{name}.example/feed\n{more}\n"
        (folder / "test" / f"{name}.yaml").write_text(words, encoding="utf-8")


@dataclass
class Newsday:
    """A day of two documents and one quarantined page, one deployment and one demand in each document."""

    settings: Settings
    rows: dict[str, list[Row]] = field(default_factory=lambda: made(2))

    @property
    def lake(self) -> Lake:
        return Lake(self.settings.data)

    def write(self, *tables: str) -> None:
        """Put these tables into the lake, or all of them."""
        for name in tables or self.rows:
            self.lake.replace(LAKE[name], DAY, self.rows[name])

    def checks(self, gate: str) -> dict[str, Row]:
        return {row["check_id"]: row for row in self.lake.rows(LAKE["checks"], DAY) if row["gate"] == gate}

    def verdict(self, gate: str) -> Row:
        (verdict,) = (row for row in self.lake.rows(LAKE["verdicts"], DAY) if row["gate"] == gate)
        return verdict

    def around(self) -> Around:
        return Around(DAY, self.rows, sources.load(self.settings.sources))


def made(documents: int) -> dict[str, list[Row]]:
    """The rows of a right day by table; its ledger counts one page more, which is quarantined."""
    numbers = range(1, documents + 1)

    def each(make: Callable[[int], Row], more: int = 0) -> list[Row]:
        return [make(number) for number in [*numbers, *range(documents + 1, documents + 1 + more)]]

    rows = {
        "ledger": [ledger(requests=documents + 1, responses=documents + 1)],
        "fetches": each(fetch, more=1),
        "documents": each(document),
        "quarantine": [quarantined(documents + 1)],
        "deployments": each(deployment),
        "demands": each(demand),
        "readings": each(reading),
    }
    return rows | {"tallies": tallied(rows)}


def silent(reason: str = "no capture") -> dict[str, list[Row]]:
    """The rows of a day without any capture."""
    nothing = {"requests": 0, "responses": 0, "outcome": "no_data", "reason": reason}
    rows = {name: [] for name in made(1)} | {"ledger": [ledger(**nothing)]}
    return rows | {"tallies": tallied(rows)}
