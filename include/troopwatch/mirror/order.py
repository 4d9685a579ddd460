"""In which order files go up, and which ones do at all: nothing goes up before what it names."""

import re

ORDER = (
    r"scrape/captures/.*\.warc\.gz",
    r"scrape/captures/.*",
    r"scrape/fetches/.*",
    r"scrape/.*",
    r"normalize/(?!tallies/).*",
    r"normalize/tallies/.*",
    r"detect/.*",
    r"quality/(?!verdicts/).*",
    r"quality/verdicts/.*",
    r"aggregate/(?!.*\.judged$).*",
    r"aggregate/.*\.judged",
    r"published/editions/(?![^/]+/(edition\.json|troopwatch\.duckdb)$).*",
    r"published/editions/[^/]+/troopwatch\.duckdb",
    r"published/editions/[^/]+/edition\.json",
    r"published/troopwatch\.duckdb",
    r"published/reports/.*",
    r"(?!published/(index\.html|status\.json)$).*",
    r"published/index\.html",
    r"published/status\.json",
)
"""Patterns of whole names, of which the first that fits counts: captures, then the stages in their order, each with
what says that the rest of it is there at its end, then what is published, at its end what readers look at first.

Removals go in the same order: of an edition's downloads, the DuckDB file last, by which the others are found again.
"""
VISIT = re.compile(r"scrape/captures/day=[^/]+/\.[^/]+\.(journal|rows)")
"""What a visit that was cut short has left, from which the next one makes its rows."""
SEALED = re.compile(r"(published/editions/[^/]+)/.+")
SEAL = "edition.json"
"""Goes up last of an edition's folder: without it, the folder is of an edition that is still going up."""


def rank(key: str) -> int:
    """The place of a file among those that go up; those of one rank go up together."""
    return next(n for n, pattern in enumerate(ORDER) if re.fullmatch(pattern, key, re.S))


def is_shared(key: str) -> bool:
    """Whether a file belongs in the store: nothing that is hidden does, but for what is left of visits."""
    return bool(VISIT.fullmatch(key)) or not any(part.startswith(".") for part in key.split("/"))


def unsealed(keys: set[str]) -> set[str]:
    """The files of editions that are still going up, or whose worker was killed meanwhile: they are not there yet."""
    found = {key: match[1] for key in keys if (match := SEALED.fullmatch(key))}
    return {key for key, folder in found.items() if f"{folder}/{SEAL}" not in keys}
