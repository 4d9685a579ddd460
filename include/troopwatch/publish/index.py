"""The landing page of what is published."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from troopwatch import lake
from troopwatch.publish import html, swap
from troopwatch.publish.standing import DayLine, Standing

QUERY = """SELECT claim_date, claimed_by, force_text, count_min, count_max, status, outlet, canonical_url
FROM troop_claims
WHERE status = 'asserted'
ORDER BY claim_date DESC, claimed_by, record_id
LIMIT 20"""


@dataclass(frozen=True)
class Month:
    title: str
    days: tuple[DayLine, ...]


def write(published: Path, standing: Standing, lines: Sequence[DayLine]) -> None:
    """Write published/index.html."""
    has_file = (published / swap.FILE).exists()
    values = {"standing": standing, "months": _months(lines), "waiting": _waiting(standing, lines)}
    page = html.render("index.html", **values, has_file=has_file, query=QUERY)
    with lake.replacing(published / "index.html") as file:
        file.write(page.encode())


def _waiting(standing: Standing, lines: Sequence[DayLine]) -> int:
    """Days after the latest report that were run and neither published nor refused."""
    later = (line for line in lines if standing.latest is None or line.day > standing.latest)
    return sum(line.gate != "closed" for line in later)


def _months(lines: Sequence[DayLine]) -> list[Month]:
    """The days by month, the newest first."""
    newest = sorted(lines, key=lambda line: line.day, reverse=True)
    months = groupby(newest, lambda line: html.month(line.day))
    return [Month(title, tuple(found)) for title, found in months]
