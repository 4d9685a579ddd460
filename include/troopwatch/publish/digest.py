"""What the landing page says of each day: who, where, and under which headlines, so that a reader can find a day."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from troopwatch.publish import names
from troopwatch.publish.edition import Edition, Row, opened

HEADLINES, NAMES = 6, 10
"""Headlines, actors and places that are listed of a day; the first ones by mentions."""
NEWEST = 1000
"""Days that are described: older ones are in the list with their gate alone, so that the page stays small."""

COUNTS = """
SELECT day, 'deployments' AS what, count(*) AS n FROM deployments GROUP BY day
UNION ALL
SELECT day, 'demands', count(*) FROM demands GROUP BY day
UNION ALL
SELECT day, 'figures', count(*) FROM troop_claims GROUP BY day
"""
TITLES = """
SELECT day, title AS name, sum(deployments + demands) AS n
FROM articles
WHERE deployments + demands > 0 AND title IS NOT NULL
GROUP BY ALL
"""
ACTORS = """
SELECT day, name, count(*) AS n
FROM (
    SELECT day, force_owner_code AS name FROM deployments
    UNION ALL
    SELECT day, unnest([demander_code, addressee_code]) FROM demands
)
WHERE name IS NOT NULL
GROUP BY ALL
"""
PLACES = """
SELECT day, name, count(*) AS n
FROM (
    SELECT day, unnest([place.text, place.country]) AS name
    FROM (SELECT day, unnest(places) AS place FROM deployments)
    WHERE place.country IS NOT NULL
)
GROUP BY ALL
"""
RANKED = "SELECT * FROM ({of}) ORDER BY day, n DESC, name"


@dataclass(frozen=True)
class Digest:
    """A day in the landing page's words."""

    counts: Mapping[str, int] = field(default_factory=dict)
    titles: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


def digests(file: Path) -> dict[date, Digest]:
    """A digest of each of the newest days in the published file; none where nothing is published yet.

    Raises PublishError where the file cannot be read.
    """
    if not file.exists():
        return {}
    with opened(file) as edition:
        return _digests(edition)


def _digests(edition: Edition) -> dict[date, Digest]:
    counts: dict[date, dict[str, int]] = {}
    for row in edition.rows(COUNTS):
        counts.setdefault(row["day"], {})[row["what"]] = row["n"]
    titles = _named(edition.rows(RANKED.format(of=TITLES)), str, HEADLINES)
    actors = _named(edition.rows(RANKED.format(of=ACTORS)), names.title, NAMES)
    places = _named(edition.rows(RANKED.format(of=PLACES)), names.country, NAMES)
    newest = sorted(counts.keys() | titles.keys(), reverse=True)[:NEWEST]
    return {
        day: Digest(counts.get(day, {}), titles.get(day, ()), actors.get(day, ()), places.get(day, ()))
        for day in newest
    }


def _named(rows: Iterable[Row], name: Callable[[str], str], most: int) -> dict[date, tuple[str, ...]]:
    """The first names of each day, each once."""
    found: dict[date, dict[str, None]] = {}
    for row in rows:
        known = found.setdefault(row["day"], {})
        if len(known) < most:
            known[name(row["name"])] = None
    return {day: tuple(known) for day, known in found.items()}
