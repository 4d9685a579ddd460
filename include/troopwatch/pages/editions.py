"""The editions that are kept: when each was made, why, what it changed, and what of it can still be downloaded."""

from troopwatch.publish import html
from troopwatch.publish.editions import shelf
from troopwatch.settings import Settings

NEWEST = 200
"""Editions that are listed; the table `editions` has all of them."""


def render(settings: Settings, root: str = "") -> str:
    """The page, the newest edition first. Raises PublishError where an edition's facts are damaged."""
    found = shelf.kept(settings.published)
    return html.render(
        "pages/editions.html",
        root=root,
        editions=list(reversed(found[-NEWEST:])),
        total=len(found),
    )
