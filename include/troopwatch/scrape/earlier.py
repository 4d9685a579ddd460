"""What earlier captures say of an address: whether the server may be asked only for what has changed since."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from troopwatch import captures, days, responses
from troopwatch.captures import Record
from troopwatch.lake import Lake, LakeError
from troopwatch.scrape import ledger
from troopwatch.scrape.ledger import Row

ASKED_WITH = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}
"""What a response says of its version, and the header that asks for another one."""
LONGEST = 500
"""Characters of such a header that are sent back: what is longer is no version."""


def rows(lake: Lake, day: date, source: str, remembered: int) -> Iterator[Row]:
    """The source's fetches of the days before, the oldest first; of a day with a damaged part, what stands before."""
    for n in range(remembered, 0, -1):
        try:
            yield from ledger.fetches(lake, day - n * days.ONE, source)
        except LakeError:
            continue


class Earlier:
    """The captures that stand under `root` for some addresses, by the rows of `fetches` that say where they lie."""

    def __init__(self, root: Path, known: Mapping[str, Row]) -> None:
        self._root, self._known = root, known

    def row(self, url: str) -> Row | None:
        return self._known.get(url)

    def record(self, url: str) -> Record | None:
        """The capture of an address, if it is there and undamaged."""
        row = self._known.get(url)
        try:
            found = captures.read_at(self._root / row["warc_file"], row["warc_offset"]) if row else None
        except OSError:
            return None
        return found if isinstance(found, Record) else None

    def conditions(self, url: str) -> dict[str, str]:
        """Headers with which the server sends the address only if it has changed; none where nothing is known of it."""
        record = self.record(url)
        if record is None or record.url != url:  # redirects: another address gave the versions
            return {}
        try:
            said = responses.head(record)
        except responses.UnreadableResponseError:
            return {}
        return {asks: said[name] for name, asks in ASKED_WITH.items() if _is_plain(said.get(name))}


NOTHING = Earlier(Path(), {})
"""No earlier captures."""


def _is_plain(words: str | None) -> bool:
    return bool(words) and len(words or "") <= LONGEST and (words or "").isprintable() and (words or "").isascii()
