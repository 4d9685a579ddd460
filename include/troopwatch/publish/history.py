"""What a report takes from earlier days: the figures that were claimed, and whether something was said before.

A report compares its day with the 27 before it, so that it shows four whole weeks. What it takes from them is part of
its fingerprint: an earlier day that runs later has the reports after it made anew.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from hashlib import sha256

from troopwatch.publish import names, shelves
from troopwatch.publish.edition import Edition, Row

WINDOW = 28
"""Days that a report looks at, its own included."""

# What a mention says, without its words: two mentions with the same key say the same. A place is its country, and of a
# deployment the organs of a state are the state, and `what` is how the force stands to the place.
DEPLOYED = """
SELECT DISTINCT
    day,
    record_id,
    article_id,
    syndicated_from,
    {shelf} AS shelf,
    if(
        starts_with(force_owner_code, 'IGO'),
        force_owner_code,
        regexp_replace(force_owner_code, '^([A-Z]{{3}})({organs})$', '\\1')
    ) AS who,
    unnest(if(place_code IS NULL, [NULL], string_split(place_code, ';'))) AS whom,
    coalesce(place_relation, '') AS what
FROM deployments
WHERE force_owner_code IS NOT NULL
"""
DEMANDED = """
SELECT
    day,
    record_id,
    article_id,
    syndicated_from,
    {shelf} AS shelf,
    demander_code AS who,
    addressee_code AS whom,
    content_type AS what
FROM demands
WHERE demander_code IS NOT NULL
"""
SAID = {
    "deployments": DEPLOYED.format(shelf=shelves.key_of("deployments"), organs=names.ORGANS),
    "demands": DEMANDED.format(shelf=shelves.key_of("demands")),
}
SEEN = """
SELECT
    shelf,
    who,
    whom,
    what,
    count(DISTINCT record_id) FILTER (day = $day) AS mentions,
    count(DISTINCT article_id) FILTER (day = $day) AS articles,
    count(DISTINCT syndicated_from) FILTER (day = $day) AS independent,
    list(DISTINCT record_id ORDER BY record_id) FILTER (day = $day) AS records,
    max(day) FILTER (day < $day) AS last_day
FROM ({said})
WHERE day BETWEEN $first AND $day
GROUP BY ALL
HAVING mentions > 0
ORDER BY mentions DESC, who, whom NULLS LAST, what, shelf
"""
DAYS = """
SELECT count(DISTINCT day) AS days
FROM coverage
WHERE day >= $first AND day < $day AND documents IS NOT NULL
"""
# All that a report may show of an earlier figure: its whole row, who claims it, and the headline above it.
FIGURES = """
SELECT mentions.day, md5(concat(mentions::VARCHAR, claims.claimed_by, '|', articles.title)) AS said
FROM troop_claims AS claims
JOIN deployments AS mentions USING (record_id)
LEFT JOIN articles ON articles.doc_id = mentions.doc_id
"""
# A row in words names its columns and its NULLs: joined values would be the same for "up to 5" and "at least 5".
KEYS = "SELECT day, keys::VARCHAR AS said FROM (SELECT day, shelf, who, whom, what FROM ({said})) AS keys"
CAPTURED = "SELECT day, 'captured' AS said FROM coverage WHERE documents IS NOT NULL"
DIGESTS = "SELECT day, md5(string_agg(DISTINCT said, '' ORDER BY said)) AS digest FROM ({rows}) GROUP BY day"


def first_of(day: date) -> date:
    """The first day that the report of this day looks at."""
    return day - timedelta(WINDOW - 1)


def seen(edition: Edition, table: str, day: date) -> list[Row]:
    """What a day's mentions say, each once: `mentions` of it on the day, and the `last_day` it was said before."""
    return edition.rows(SEEN.format(said=SAID[table]), first=first_of(day), day=day)


def days_compared(edition: Edition, day: date) -> int:
    """The earlier days of the window that have data."""
    (row,) = edition.rows(DAYS, first=first_of(day), day=day)
    found: int = row["days"]
    return found


def digests(edition: Edition) -> dict[date, str]:
    """A digest of what each day gives to the reports of later ones."""
    queries = [CAPTURED, FIGURES, *(KEYS.format(said=said) for said in SAID.values())]
    found: dict[date, str] = {}
    for query in queries:
        for row in edition.rows(DIGESTS.format(rows=query)):
            found[row["day"]] = f"{found.get(row['day'], '')} {row['digest']}"
    return found


def with_history(own: Mapping[date, str], given: Mapping[date, str]) -> dict[date, str]:
    """The fingerprint of each day's report: of its own rows, and of what the days before it give to it."""
    days = {day: [day - timedelta(n) for n in range(1, WINDOW)] for day in own}
    words = {day: " ".join([own[day], *(given.get(before, "") for before in days[day])]) for day in own}
    return {day: sha256(text.encode()).hexdigest() for day, text in words.items()}
