"""Documents and rows as JSON lines, for use from a shell: read and written as a stream, whatever their number."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import IO, Any

from troopwatch.detect.document import Document, Found


@dataclass
class Reader:
    """Reads DOCS.jsonl: `article_id`, `text`, and where known `published_at` and `voice`; other keys are ignored.

    A line that is no such object is left out and noted in `errors` as "line N: why"; the others are still read.
    """

    lines: Iterable[str | bytes]
    errors: list[str] = field(default_factory=list)

    def __iter__(self) -> Iterator[Document]:
        for number, line in enumerate(self.lines, 1):
            if not line.strip():
                continue
            try:
                yield _document(json.loads(line))
            except (ValueError, RecursionError) as error:
                self.errors.append(f"line {number}: {error}")


def _document(value: Any) -> Document:
    if not isinstance(value, dict):
        raise ValueError("not a JSON object")
    for key in ("article_id", "text"):
        if not isinstance(value.get(key), str):
            raise ValueError(f"{key!r} is missing or not a text")
    voice = value.get("voice")
    return Document(
        value["article_id"], value["text"], when(value.get("published_at")), voice if isinstance(voice, str) else None
    )


def when(value: Any) -> datetime | date | None:
    """A date or time in ISO 8601; None where it is missing or is none, for nothing is guessed."""
    if not isinstance(value, str):
        return None
    for kind in (date, datetime):
        try:
            return kind.fromisoformat(value.strip())
        except ValueError:
            continue
    return None


def write(found: Iterable[tuple[str, Found]], out: IO[str]) -> tuple[int, int]:
    """Writes one line for each document: its id and its rows, dates in ISO 8601. Returns the rows of each table."""
    moves = asks = 0
    for article_id, rows in found:
        line = {"article_id": article_id, "deployments": rows.deployments, "demands": rows.demands}
        out.write(_json(line) + "\n")
        moves, asks = moves + len(rows.deployments), asks + len(rows.demands)
    return moves, asks


def _json(line: dict[str, Any]) -> str:
    """The line as JSON; half a surrogate pair, which no encoding can carry, is escaped."""
    words = json.dumps(line, ensure_ascii=False, default=_iso)
    return words if not SURROGATE.search(words) else json.dumps(line, default=_iso)


SURROGATE = re.compile(r"[\ud800-\udfff]")


def _iso(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in a row")
