"""A small map: land, and numbered points for places with coordinates of their own. No borders: they are claims too."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from markupsafe import Markup

from troopwatch.publish.charts import draw
from troopwatch.settings import MAP

WIDTH, HEIGHT = 480, 320
MARGIN = 4
LEAST = 14.0
"""Degrees from the centre that are shown at least: a lone point needs surroundings that a reader knows."""
WIDEST = 60.0
"""Degrees from the centre beyond which the whole world is shown."""
STEPS = (5, 10, 30)
"""Degrees between the lines of the graticule, by how much is shown."""


@dataclass(frozen=True)
class Point:
    """A place by its own coordinates, in degrees. `number` is its number in the list beside the map."""

    latitude: float
    longitude: float
    number: int
    is_said: bool
    href: str
    label: str


@cache
def outline() -> dict[str, Any]:
    """Natural Earth's land at 1:110 million (public domain), as TopoJSON."""
    found: dict[str, Any] = json.loads(MAP.read_bytes())
    return found


def svg(points: Sequence[Point], name: str) -> Markup:
    """The map of these points, as large a part of the world as they need."""
    import altair as alt  # noqa: PLC0415 - half a second: only who draws pays for it

    centre, reach = around(points)
    land = alt.Chart(alt.NamedData("land", format=alt.TopoDataFormat(type="topojson", feature="land")))
    step = next((s for s in STEPS if reach / s < 6), STEPS[-1])
    lines = alt.Chart(alt.graticule(step=[step, step])).mark_geoshape(
        filled=False, stroke="var(--line)", strokeWidth=0.7
    )
    rows = [_row(point) for point in points]
    place = alt.Chart(alt.InlineData(values=rows)).encode(longitude="longitude:Q", latitude="latitude:Q")
    dots = place.mark_point(shape="circle", size=230, strokeWidth=2, opacity=1).encode(
        fill=alt.Fill("fill:N", scale=None), stroke=alt.value("var(--s1)"), href="href:N", description="label:N"
    )
    numbers = place.mark_text(fontSize=11, fontWeight=700).encode(text="number:N", fill=alt.Fill("ink:N", scale=None))
    layers = alt.layer(
        lines, land.mark_geoshape(fill="var(--land)", stroke="var(--shore)", strokeWidth=0.8), dots, numbers
    )
    seen = layers.properties(width=WIDTH, height=HEIGHT, background="transparent", padding=MARGIN)
    seen = seen.configure(autosize="none").configure_view(stroke="var(--line)")
    return draw.svg(seen, name, projection=projection(centre, reach), datasets={"land": outline()})


def projection(centre: tuple[float, float], reach: float) -> dict[str, Any]:
    """How the round earth is drawn: without stretching any country, and the whole of it where a part will not do."""
    seen = {"clipExtent": [[0, 0], [WIDTH, HEIGHT]]}
    if reach > WIDEST:
        return {"type": "equalEarth", "rotate": [-centre[0], 0, 0], **seen}
    rotate = [-centre[0], -centre[1], 0]
    return {"type": "azimuthalEqualArea", "rotate": rotate, "fit": frame(centre, reach), **seen}


def around(points: Sequence[Point]) -> tuple[tuple[float, float], float]:
    """The middle of what is shown, longitude and latitude, and how many degrees around it."""
    west, width = arc([p.longitude for p in points])
    south, north = min(p.latitude for p in points), max(p.latitude for p in points)
    middle = (west + width / 2 + 180) % 360 - 180
    reach = max(width / 2, (north - south) / 2 * WIDTH / HEIGHT, LEAST) * 1.25
    return (round(middle, 1), round((south + north) / 2, 1)), reach


def arc(longitudes: Sequence[float]) -> tuple[float, float]:
    """Where the shortest arc that holds all longitudes begins, going east, and its length: it may cross 180 degrees."""
    found = sorted(set(longitudes))
    gaps = [((after - before) % 360 or 360, after) for before, after in pairwise([*found, found[0]])]
    widest, west = max(gaps)
    return west, 360 - widest


def frame(centre: tuple[float, float], reach: float) -> dict[str, Any]:
    """What must be seen, as GeoJSON: so far to all four sides."""
    longitude, latitude = centre
    tall = reach * HEIGHT / WIDTH
    north, south = min(latitude + tall, 89.0), max(latitude - tall, -89.0)
    sides = [[longitude + side, end] for side in (-reach, 0, reach) for end in (south, latitude, north)]
    return {"type": "Feature", "properties": {}, "geometry": {"type": "MultiPoint", "coordinates": sides}}


def _row(point: Point) -> dict[str, Any]:
    return {
        "longitude": point.longitude,
        "latitude": point.latitude,
        "number": str(point.number),
        "fill": "var(--s1)" if point.is_said else "var(--card)",
        "ink": "var(--card)" if point.is_said else "var(--s1)",
        "href": point.href,
        "label": point.label,
    }
