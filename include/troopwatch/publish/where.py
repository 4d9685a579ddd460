"""Where: points for places that have coordinates of their own, and everything in words.

A country has no point: its middle is nowhere that anybody spoke of.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from troopwatch.publish import html, names, panels, shelves
from troopwatch.publish.charts import land
from troopwatch.publish.charts.land import Point
from troopwatch.publish.edition import Edition, Row
from troopwatch.publish.evidence import Mentions, mentions

SHOWN = 24
"""Places, and countries, that are listed; the others are counted."""
NAMED = """
WITH named AS (
    SELECT record_id, article_id, syndicated_from, {said} AS is_said, unnest(places, max_depth := 2)
    FROM (SELECT *, {shelf} AS shelf FROM deployments WHERE day = $day)
),
cities AS (SELECT geonameid, name, latitude, longitude FROM places WHERE latitude IS NOT NULL)
SELECT
    {key},
    bool_or(disputed) AS disputed,
    bool_or(is_said) AS is_said,
    count(DISTINCT record_id) AS mentions,
    count(DISTINCT article_id) AS articles,
    count(DISTINCT syndicated_from) AS independent,
    list(DISTINCT record_id ORDER BY record_id) AS records
FROM named {joined}
WHERE {which}
GROUP BY ALL
ORDER BY mentions DESC, {order}
"""
CITY = "geonameid, cities.name AS text, latitude, longitude, any_value(country) AS country"
_SAID = [shelf.key for shelf in shelves.DEPLOYMENTS if shelf.title in panels.SAID]


@dataclass(frozen=True)
class Named:
    """A place or a country with what it is called, and its mentions. `number` is 0 where it has no point."""

    name: str
    country: str
    disputed: bool
    is_said: bool
    mentions: Mentions
    number: int = 0


@dataclass(frozen=True)
class Where:
    """The map, empty where no place has coordinates; places on it, countries, and words that lead to no country."""

    map: Markup
    places: Sequence[Named]
    countries: Sequence[Named]
    others: Sequence[Named]
    more: int
    """Countries and words that are not listed."""


def where(edition: Edition, day: date) -> Where:
    """All that the day's deployments name."""
    placed = _rows(edition, day, CITY, "true", "JOIN cities USING (geonameid)")[:SHOWN]
    points = [_point(row, number) for number, row in enumerate(placed, start=1)]
    countries = _rows(edition, day, "country, country AS text", "country IS NOT NULL")
    words = _rows(edition, day, "text", "country IS NULL")
    return Where(
        land.svg(points, "map") if points else Markup(),
        [_named(row, number) for number, row in enumerate(placed, start=1)],
        [_named(row) for row in countries[:SHOWN]],
        [_named(row) for row in words[:SHOWN]],
        sum(max(len(rows) - SHOWN, 0) for rows in (countries, words)),
    )


def _rows(edition: Edition, day: date, key: str, which: str, joined: str = "") -> list[Row]:
    said, shelf = f"shelf IN {tuple(_SAID)}", shelves.key_of("deployments")
    order = key.split(",", maxsplit=1)[0]
    sql = NAMED.format(said=said, shelf=shelf, key=key, which=which, order=order, joined=joined)
    return edition.rows(sql, day=day)


def _named(row: Row, number: int = 0) -> Named:
    country = names.country(row["country"]) if row.get("country") else ""
    name = country if row["text"] == row.get("country") else row["text"]
    found = mentions(row["records"], row["articles"], row["independent"])
    return Named(name, country, row["disputed"], row["is_said"], found, number)


def _point(row: Row, number: int) -> Point:
    label = html.visible(f"{number}, {row['text']}: {html.plural(row['mentions'], 'mention')}")
    return Point(row["latitude"], row["longitude"], number, row["is_said"], f"#place-{number}", label)
