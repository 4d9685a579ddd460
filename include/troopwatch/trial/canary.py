"""Canaries: a frozen page of an outlet, read as it was when it was frozen.

Where it is not, the parser has changed; where it is and the outlet's own pages cannot be read, the outlet has.
"""

from datetime import UTC, datetime
from functools import cache
from typing import Any

import yaml

from troopwatch.captures import Record
from troopwatch.normalize import Article, Outcome
from troopwatch.normalize.stage import of_record
from troopwatch.settings import CANARIES
from troopwatch.sources import Source

FROZEN = datetime(2024, 11, 5, tzinfo=UTC)
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"


@cache
def expected() -> dict[str, dict[str, Any]]:
    """What was read in the frozen pages, by source."""
    found: dict[str, dict[str, Any]] = yaml.safe_load((CANARIES / "expected.yaml").read_text(encoding="utf-8"))
    return found


def read(source: Source) -> dict[str, Any]:
    """What is read in a source's frozen page now, under the names of `expected`; nothing where it is no article."""
    (path,) = CANARIES.glob(f"{source.name}.*ml")
    url = expected()[source.name]["url"]
    outcome = _outcome(Record(url, FROZEN, HEAD + path.read_bytes()), source)
    if not isinstance(outcome, Article):
        return {"url": url}
    at = outcome.published.at
    plain = {name: getattr(outcome, name) for name in ("title", "authors", "language", "is_stub")}
    published = {f"published_{name}": getattr(outcome.published, name) for name in ("precision", "origin")}
    told = {"url": url, "canonical_url": outcome.url, "published_at": at.isoformat() if at else None}
    return plain | published | told | {"paragraphs": outcome.text.split("\n\n")}


def _outcome(record: Record, source: Source) -> Outcome | None:
    """The one thing that comes of a frozen page; None for anything else."""
    try:
        (outcome,) = of_record(record, source)
    except Exception:  # a parser that trips over the page, or finds two articles in it, has changed
        return None
    return outcome


def differences(source: Source) -> list[str] | None:
    """What of a source's frozen page is read otherwise than it was; None for a source that has no such page."""
    if (was := expected().get(source.name)) is None:
        return None
    now = read(source)
    return sorted(name for name in was if name not in now or now[name] != was[name])
