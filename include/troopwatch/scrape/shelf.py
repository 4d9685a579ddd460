"""The shelf: where one part of a day's captures goes, as a WARC file and the rows that say what is in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from troopwatch import captures
from troopwatch.captures import Record, Writer
from troopwatch.lake import Lake, write_file
from troopwatch.tables import LAKE

FETCHES = LAKE["fetches"]
ROBOTS_REASON = "robots.txt forbids it"


class Rows:
    """Rows of `fetches` of one source and day, and of one WARC file, as they come together."""

    def __init__(self, day: date, source: str, file: str) -> None:
        self._common = dict.fromkeys(FETCHES.names) | {"day": day, "source": source}
        self._file = file
        self.rows: list[dict[str, Any]] = []

    def stored(self, url: str, role: str, record: Record, offset: int, **more: Any) -> None:
        """Note a response that lies at this place of the file; `url` is what was asked for."""
        head, _, body = record.block.partition(b"\r\n\r\n")
        led_to = {"final_url": record.url if record.url != url else None}
        place = {"warc_file": self._file, "warc_offset": offset, "captured_at": record.captured_at}
        sizes = {"status": _status(head), "bytes": len(body), "payload_sha256": sha256(body).hexdigest()}
        self._add(url, role, "stored", **led_to, **place, **sizes, **more)

    def refused(self, url: str, role: str, reason: str = ROBOTS_REASON, listed_at: datetime | None = None) -> None:
        """Note an address that robots.txt forbids."""
        self._add(url, role, "refused_by_robots", reason=reason, listed_at=listed_at)

    def failed(self, url: str, role: str, reason: str, **more: Any) -> None:
        """Note an address that brought nothing usable."""
        self._add(url, role, "failed", reason=reason, **more)

    def _add(self, url: str, role: str, outcome: str, **more: Any) -> None:
        self.rows.append(self._common | {"url": url, "role": role, "outcome": outcome} | more)


class Shelf(Rows):
    """Takes what one poll or one archive brings for a source's day."""

    def __init__(self, day: date, source: str, file: str, writer: Writer) -> None:
        super().__init__(day, source, file)
        self._writer = writer

    def keep(self, url: str, role: str, record: Record, listed_at: datetime | None = None) -> Record:
        """Store the response to `url`; `listed_at` is the time of publication that led to it."""
        self.stored(url, role, record, self._writer.write(record), listed_at=listed_at)
        return record


def warc_path(lake: Lake, day: date, part: str) -> Path:
    """Where the captures of one part of a day lie."""
    return lake.root / "scrape" / "captures" / f"day={day}" / f"{part}.warc.gz"


@contextmanager
def shelf(lake: Lake, day: date, source: str, part: str) -> Iterator[Shelf]:
    """A shelf whose WARC file and `fetches` part take the place of the old ones at the end. Raises LakeError.

    The rows wait beside the WARC file until that is in its place: a run that is killed in between is completed by the
    next one (`recover`), and one that is killed before has left nothing.
    """
    path = warc_path(lake, day, part)
    with captures.writing(path) as writer:
        made = Shelf(day, source, lake.relative(path), writer)
        yield made
        write_file(FETCHES, made.rows, waiting_rows(lake, day, part))
    put_rows(lake, day, part)


def waiting_rows(lake: Lake, day: date, part: str) -> Path:
    """Where the rows of a part wait for its WARC file."""
    return warc_path(lake, day, part).with_name(f".{part}.rows")


def put_rows(lake: Lake, day: date, part: str) -> None:
    """Let the rows that wait take the place of the part's `fetches`."""
    target = lake.path(FETCHES, day, part)
    target.parent.mkdir(parents=True, exist_ok=True)
    waiting_rows(lake, day, part).replace(target)


def _status(head: bytes) -> int | None:
    """The status in an HTTP head, or NULL where it is none."""
    words = head.split(b"\r\n", 1)[0].split()
    return int(words[1]) if len(words) > 1 and words[1].isdigit() and int(words[1]) >= 100 else None
