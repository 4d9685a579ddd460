"""Hand-labelled sentences: read, checked against the tables, and made into documents.

A line of a gold file is a JSON object: `id`, `doc_date`, `left_context` (the sentence before, may be empty), `text`
(the sentence), `deployments` and `demands` (records with the codebook's columns). A record gives its spans by their
words; `trigger_nth` counts from 1 where the trigger's words stand more than once in the sentence.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from troopwatch.detect import jsonl
from troopwatch.detect.document import Document
from troopwatch.tables import detect as tables

Row = dict[str, Any]
TABLES = {"deployments": tables.deployments, "demands": tables.demands}
ARGUMENT = {"deployments": "force", "demands": "content"}
"""The span of each table that tells two mentions apart when their triggers differ."""
QUOTED = {
    "deployments": ("force", "count", "speaker"),
    "demands": ("demander", "addressee", "content", "speaker"),
}
CODE = re.compile(r"(?:[A-Z]{3}|---)(?:[A-Z]{3}){0,3}")


class GoldError(ValueError):
    """A gold file that cannot be read; the message names file and line."""


@dataclass(frozen=True)
class Item:
    """One labelled sentence with its records by table."""

    id: str
    day: date | None
    left: str
    text: str
    records: dict[str, list[Row]]

    @property
    def base(self) -> int:
        """Where the sentence begins in the document, in code points."""
        return len(self.left) + 1 if self.left else 0

    @property
    def document(self) -> Document:
        return Document(self.id, f"{self.left} {self.text}" if self.left else self.text, self.day)


def read(path: Path) -> list[Item]:
    """The items of a gold file. Raises GoldError."""
    items = []
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            if line.strip():
                try:
                    items.append(_item(json.loads(line)))
                except (ValueError, KeyError, TypeError) as error:
                    raise GoldError(f"{path}, line {number}: {type(error).__name__}: {error}") from error
    return items


def _item(line: Row) -> Item:
    records = {table: list(line.get(table) or []) for table in TABLES}
    return Item(line["id"], jsonl.when(line.get("doc_date")), line.get("left_context") or "", line["text"], records)


def occurrence(text: str, phrase: str, nth: int = 1) -> int:
    """Where the nth occurrence of `phrase` as whole words begins; the first may also be part of a word. -1: nowhere."""
    found = [m.start() for m in re.finditer(rf"(?<!\w){re.escape(phrase)}(?!\w)", text)]
    if len(found) >= nth:
        return found[nth - 1]
    return text.find(phrase) if nth == 1 else -1


def problems(items: list[Item]) -> list[str]:
    """What is wrong with the records, a line each; empty where nothing is."""
    found = [f"{item.id}: stands twice" for n, item in enumerate(items) if item.id in {i.id for i in items[:n]}]
    for item in items:
        for table, records in item.records.items():
            for n, record in enumerate(records):
                found += [f"{item.id} {table}[{n}]: {what}" for what in _wrong(item, table, record)]
    return found


def _wrong(item: Item, table: str, record: Row) -> Iterator[str]:
    if not record.get("trigger") or occurrence(item.text, record["trigger"], record.get("trigger_nth") or 1) < 0:
        yield f"its trigger {record.get('trigger')!r} is not in the sentence"
    for name in QUOTED[table]:
        words = record.get(f"{name}_text")
        if words and words not in item.text and words not in item.left:
            yield f"{name}_text {words!r} is in neither sentence"
    yield from _wrong_values(table, record)
    for place in record.get("places") or []:
        if place.get("text") not in item.text and place.get("text") not in item.left:
            yield f"the place {place.get('text')!r} is in neither sentence"
        if place.get("country") is not None and not re.fullmatch("[A-Z]{3}", place["country"]):
            yield f"the place's country {place['country']!r} is no code"


def _wrong_values(table: str, record: Row) -> Iterator[str]:
    for column in TABLES[table].columns:
        value = record.get(column.name)
        if (
            column.values
            and column.name in record
            and value not in column.values
            and not (value is None and column.null)
        ):
            yield f"{column.name} = {value!r}; allowed: {' '.join(column.values)}"
        if column.name.endswith("_code") and column.name in record:
            for code in value if isinstance(value, list) else [value]:
                if code is not None and column.name not in ("cameo_code",) and not CODE.fullmatch(code):
                    yield f"{column.name} = {code!r} is no actor code"
    if record.get("count_text") and record.get("count_min") is None and record.get("count_max") is None:
        yield "count_text without count_min or count_max"
