"""Indexes of sitemaps: which of the sitemaps that they name are worth asking for, and how many at most."""

from datetime import datetime

from troopwatch.scrape.listings import Item

MAX_SITEMAPS = 50
"""Sitemaps asked for in one visit, over all indexes."""
MAX_DEPTH = 3
"""Indexes below one another; the protocol knows of one, some outlets have two."""


class Bounds:
    """Keeps one visit from asking for a sitemap twice, too deep or too many."""

    def __init__(self, root: str) -> None:
        self._depth = {root: 0}
        self._refused: list[tuple[str, str]] = []

    def take(self, index: str, named: list[Item], since: datetime) -> list[str]:
        """The sitemaps of an index that are new and may hold items of the day, the last changed first."""
        fresh = {item.url: item for item in named if item.url not in self._depth}
        changed = [i for i in fresh.values() if i.published_at is None or i.published_at >= since]
        ordered = sorted(changed, key=lambda i: i.published_at.timestamp() if i.published_at else 0, reverse=True)
        depth, room = self._depth[index] + 1, MAX_SITEMAPS + 1 - len(self._depth)
        if depth > MAX_DEPTH:
            self._refuse(index, f"it lies below {MAX_DEPTH} other indexes")
            return []
        if len(ordered) > room:
            self._refuse(index, f"only {MAX_SITEMAPS} sitemaps are asked for: {len(ordered) - room} of it are left out")
        taken = [item.url for item in ordered[:room]]
        self._depth |= dict.fromkeys(taken, depth)
        return taken

    def _refuse(self, url: str, reason: str) -> None:
        self._refused.append((url, reason))

    def refused(self) -> list[tuple[str, str]]:
        """What was left out since this was last asked, with the reason."""
        told, self._refused = self._refused, []
        return told
