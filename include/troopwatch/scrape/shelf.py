"""The shelf: where one part of a day's captures goes, as a WARC file and the rows that say what is in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from troopwatch import captures
from troopwatch.captures import Record, Writer
from troopwatch.lake import Lake
from troopwatch.tables import LAKE

FETCHES = LAKE["fetches"]


class Shelf:
    """Takes what one poll or one archive brings for a source's day."""

    def __init__(self, day: date, source: str, file: str, writer: Writer) -> None:
        self._common = dict.fromkeys(FETCHES.names) | {"day": day, "source": source}
        self._file, self._writer = file, writer
        self.rows: list[dict[str, Any]] = []

    def keep(self, role: str, record: Record, listed_at: datetime | None = None) -> Record:
        """Store a response; `listed_at` is the time of publication that led to it."""
        head, _, body = record.block.partition(b"\r\n\r\n")
        self._add(record.url, role, "stored", status=_status(head), bytes=len(body), captured_at=record.captured_at)
        self.rows[-1] |= {
            "listed_at": listed_at,
            "payload_sha256": sha256(body).hexdigest(),
            "warc_file": self._file,
            "warc_offset": self._writer.write(record),
        }
        return record

    def refused(self, url: str, role: str) -> None:
        """Note an address that robots.txt forbids."""
        self._add(url, role, "refused_by_robots", reason="robots.txt forbids it")

    def failed(self, url: str, role: str, reason: str, status: int | None = None) -> None:
        """Note an address that brought nothing usable."""
        self._add(url, role, "failed", reason=reason, status=status)

    def _add(self, url: str, role: str, outcome: str, **more: Any) -> None:
        self.rows.append(self._common | {"url": url, "role": role, "outcome": outcome} | more)


@contextmanager
def shelf(lake: Lake, day: date, source: str, part: str) -> Iterator[Shelf]:
    """A shelf whose WARC file and `fetches` part take the place of the old ones at the end. Raises LakeError.

    The rows come last: a run that is killed in between leaves a WARC file that no row names, and the next run
    replaces it.
    """
    path = lake.root / "scrape" / "captures" / f"day={day}" / f"{part}.warc.gz"
    with captures.writing(path) as writer:
        made = Shelf(day, source, lake.relative(path), writer)
        yield made
    lake.replace(FETCHES, day, made.rows, part=part)


def _status(head: bytes) -> int | None:
    """The status in an HTTP head, or NULL where it is none."""
    words = head.split(b"\r\n", 1)[0].split()
    return int(words[1]) if len(words) > 1 and words[1].isdigit() and int(words[1]) >= 100 else None
