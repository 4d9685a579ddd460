"""Weeks of a source as the pipeline leaves them, and what the later stages make of a day that went wrong earlier."""

from datetime import date
from hashlib import sha256
from pathlib import Path

import quality_rows as rows
from quality_days import Tables, Weeks, nth

from troopwatch.lake import LakeError
from troopwatch.quality import GateClosedError, judge, judge_history
from troopwatch.quality.evidence import COPIED
from troopwatch.quality.model import Row
from troopwatch.settings import Settings
from troopwatch.tables import LAKE

NUMBER = 21
"""The day that goes wrong; three weeks are before it."""
PLACES = ["Mirne", "Kalda", "Tarn", "Velka", "Orsk", "Haven", "Solna"]
SPEC = (
    "name: {name}\ntitle: {name}\nkind: feed\nurl: https://{name}.example/feed\ncontent: page\n"
    "articles: {{floor: 0, ceiling: 40}}\n"
)


def specs(folder: Path) -> None:
    (folder / "test").mkdir(parents=True)
    for name in ("wire", "brief"):
        (folder / "test" / f"{name}.yaml").write_text(SPEC.format(name=name), encoding="utf-8")


def good(number: int, source: str = "wire") -> Tables:
    """A day of 22 articles, three of which had come the day before, each with a deployment and a demand."""
    day, own = nth(number), {"day": nth(number), "source": source}
    articles = range(19 * number, 19 * number + 22)
    documents = [_document(n, day) | own for n in articles]
    made: Tables = {
        "ledger": [rows.ledger(**own)],
        "fetches": [_fetch(row) | own for row in documents],
        "documents": documents,
        "quarantine": [],
        "deployments": [_deployment(n) | own for n in articles],
        "demands": [rows.demand(n, demander_text="Seoul") | own for n in articles],
        "readings": [rows.reading(n) | own for n in articles],
    }
    return settled(made)


def _document(number: int, day: date) -> Row:
    place = PLACES[number % len(PLACES)]
    speech = f"The minister of {place} spoke for {number} minutes. {'He went on. ' * 30}That was article {number}."
    words = f"{rows.TEXT}\n\n{speech}"
    first = nth(max(0, (number - 3) // 19))
    captured = rows.SEEN + (day - rows.DAY)
    filled = {"title": f"Talks in {place}", "authors": "Kim Lee", "text": words, "captured_at": captured}
    return rows.document(number) | filled | {"published_at": rows.SEEN + (first - rows.DAY)}


def _fetch(document: Row) -> Row:
    return rows.fetch(0) | {name: document[name] for name in ("url", "captured_at", "warc_file", "warc_offset")}


def _deployment(number: int) -> Row:
    """Most are asserted; of each five one is denied."""
    owner = {"force_owner_text": "North Korean", "status": "denied" if number % 5 == 0 else "asserted"}
    return rows.deployment(number, **owner)


def settled(made: Tables) -> Tables:
    """What follows from the documents by itself: digests, the evidence that mentions carry, and every sum."""
    for row in made["documents"]:
        row["text_sha256"], row["characters"] = sha256(row["text"].encode()).hexdigest(), len(row["text"])
    found = {row["doc_id"]: row for row in made["documents"]}
    for name in ("deployments", "demands"):
        made[name] = [_copied(row, found[row["doc_id"]]) for row in made[name] if _stands(row, found)]
    ids = {row["record_id"] for row in made["deployments"]}
    for row in made["demands"]:
        row["deployment_record_id"] = row["deployment_record_id"] if row["deployment_record_id"] in ids else None
    made["readings"] = [_counted(row, made) for row in made["readings"] if row["doc_id"] in found]
    return summed(made)


def _stands(row: Row, found: dict[str, Row]) -> bool:
    """Whether the detect stage would still find the sentence where it stood."""
    document = found.get(row["doc_id"])
    return document is not None and row["sentence"] == document["text"][row["sentence_start"] : row["sentence_end"]]


def _copied(row: Row, document: Row) -> Row:
    return row | {name: document[name] for name in COPIED}


def _counted(row: Row, made: Tables) -> Row:
    return row | {
        name: sum(each["doc_id"] == row["doc_id"] for each in made[name]) for name in ("deployments", "demands")
    }


def summed(made: Tables) -> Tables:
    """What the ledger and normalize say of a day with these rows."""
    stored = sum(row["outcome"] == "stored" for row in made["fetches"])
    ledger = [row | {"requests": stored, "responses": stored} for row in made["ledger"]]
    day = {"day": made["ledger"][0]["day"]}
    return made | {"ledger": ledger, "tallies": [row | day for row in rows.tallied(made | {"ledger": ledger})]}


def weeks(folder: Path) -> Weeks:
    """A lake of the days before, all of them let through."""
    specs(folder / "sources")
    made = Weeks(Settings(data=folder / "data", sources=folder / "sources", waivers=folder / "waivers"))
    for number in range(NUMBER):
        made.write(number, good(number))
    return made


def judged(lake: Weeks) -> list[Row]:
    """The checks that failed on the day, gate after gate, until one closes; notes are left out."""
    day = nth(NUMBER)
    try:
        for gate in ("documents", "mentions"):
            judge(day, gate, lake.settings)
        judge_history(day, lake.settings)
    except (GateClosedError, LakeError):
        pass  # what closed it stands in the checks
    checks = lake.lake.rows(LAKE["checks"], day)
    return [row for row in checks if not row["passed"] and row["severity"] != "info"]
