"""Indexes of sitemaps: which of the sitemaps that they name are worth asking for, and how many at most."""

import zlib
from datetime import datetime

from troopwatch import encoding, syndicated
from troopwatch.responses import MAX_BODY
from troopwatch.scrape.listings import Item, ListingError, sitemap_item

MAX_SITEMAPS = 50
"""Sitemaps asked for in one visit, over all indexes."""
MAX_DEPTH = 3
"""Indexes below one another; the protocol knows of one, some outlets have two."""


def unpacked(body: bytes) -> bytes:
    """A listing that is served as a gzip file, unpacked. Raises ListingError where it is broken or too large."""
    if body[:2] != b"\x1f\x8b":
        return body
    member = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        made = member.decompress(body, MAX_BODY + 1)
    except zlib.error as error:
        raise ListingError(f"its gzip file is broken: {error}") from error
    if len(made) > MAX_BODY or not member.eof:
        raise ListingError(f"its gzip file breaks off, or is larger than {MAX_BODY} bytes")
    return made


def sitemaps(body: bytes) -> list[Item] | None:
    """What an index names, with the times of the last change; None for what is no index. Raises ListingError."""
    found: list[Item] = []
    is_index = False
    try:
        for element in syndicated.elements(encoding.decode(body), {"sitemap", "url", "sitemapindex"}):
            if syndicated.name(element) == "url":
                return None
            is_index = True
            if syndicated.name(element) == "sitemap":
                found.append(sitemap_item(element))
    except syndicated.SyndicatedError as error:
        raise ListingError(str(error)) from error
    if is_index and not found:
        raise ListingError("it is an index that names no sitemap")
    return found if is_index else None


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
