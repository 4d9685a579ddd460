"""One day's documents read for mentions; each row leads back to its sentence, page and captured bytes."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from troopwatch.detect.document import Document, Found, find_all
from troopwatch.lake import Lake
from troopwatch.settings import Settings
from troopwatch.tables import LAKE
from troopwatch.tables.detect import EVIDENCE

Row = dict[str, Any]

LANGUAGES = frozenset({"en"})
"""Languages that a parser and a lexicon are there for; documents in others are counted, not read."""
FROM_DOCUMENT = [c.name for c in EVIDENCE if c.name in LAKE["documents"].names]
"""Evidence that a mention takes from the document it stands in."""


def run(day: date, settings: Settings) -> dict[str, int]:
    """Replace the day's `deployments`, `demands` and `readings`; their counts. Raises LakeError."""
    lake = Lake(settings.data)
    documents = lake.rows(LAKE["documents"], day)
    found = list(_read([d for d in documents if d["language"] in LANGUAGES]))
    deployments = [row | _evidence(d) for d, f in found for row in f.deployments]
    demands = [row | _evidence(d) for d, f in found for row in f.demands]
    unread = [_reading(d, None) for d in documents if d["language"] not in LANGUAGES]
    lake.replace(LAKE["deployments"], day, deployments)
    lake.replace(LAKE["demands"], day, demands)
    lake.replace(LAKE["readings"], day, unread + [_reading(d, f) for d, f in found])
    return {
        "documents": len(documents),
        "deployments": len(deployments),
        "demands": len(demands),
        "other_language": len(unread),
    }


def _read(documents: list[Row]) -> Iterator[tuple[Row, Found]]:
    asked = (Document(d["doc_id"], d["text"], d["published_at"], d["voice"]) for d in documents)
    return zip(documents, find_all(asked), strict=True)


def _evidence(document: Row) -> Row:
    return {name: document[name] for name in FROM_DOCUMENT}


def _reading(document: Row, found: Found | None) -> Row:
    return _evidence(document) | {
        "outcome": "read" if found else "other_language",
        "sentences": found.sentences if found else 0,
        "gated": found.gated if found else 0,
        "deployments": len(found.deployments) if found else 0,
        "demands": len(found.demands) if found else 0,
    }
