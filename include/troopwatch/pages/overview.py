"""The first page: where we stand, the newest report, and the days that were run last."""

from collections.abc import Iterable
from datetime import date

from troopwatch.lake import Lake
from troopwatch.pages import gates
from troopwatch.publish import html, standing
from troopwatch.settings import Settings
from troopwatch.tables import LAKE

NEWEST = 31
"""Days that are listed one by one; older ones stand in the calendar of their month."""


def render(settings: Settings, root: str = "") -> str:
    """The overview. `root` leads from a page to where all pages are. Raises PublishError for a damaged status."""
    lake = Lake(settings.data)
    run = lake.days(LAKE["ledger"])
    reports = standing.reports(settings.published)
    return html.render(
        "pages/overview.html",
        root=root,
        standing=standing.read(settings.published),
        lines=gates.of_days(lake, reversed(run[-NEWEST:])),
        reports=reports.keys(),
        months=months([*run, *reports]),
        days_run=len(run),
    )


def months(found: Iterable[date]) -> list[date]:
    """The first day of every month that has one of these days, the newest first."""
    return sorted({day.replace(day=1) for day in found}, reverse=True)
