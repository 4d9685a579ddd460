"""The shelf: where one part of a day's captures goes, as a WARC file and the rows that say what is in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from troopwatch import captures, days
from troopwatch.captures import Record, Writer
from troopwatch.lake import Lake, write_file
from troopwatch.scrape.journal import Journal
from troopwatch.scrape.plan import Errand
from troopwatch.tables import LAKE

FETCHES = LAKE["fetches"]
ROBOTS_REASON = "robots.txt forbids it"
_PLACE = ("warc_file", "warc_offset", "bytes", "payload_sha256", "final_url")


class Rows:
    """Rows of `fetches` of one source and day, and of one WARC file, as they come together.

    `began` is when the visit began that they are of, for rows that have no capture of their own.
    """

    def __init__(self, day: date, source: str, file: str, began: datetime | None = None) -> None:
        self._common = dict.fromkeys(FETCHES.names) | {"day": day, "source": source, "captured_at": began}
        self._file = file
        self.rows: list[dict[str, Any]] = []

    def stored(self, errand: Errand, record: Record, offset: int, reason: str | None = None) -> None:
        """Note a response that lies at this place of the file."""
        head, _, body = record.block.partition(b"\r\n\r\n")
        led_to = {"final_url": record.url if record.url != errand.url else None}
        place = {"warc_file": self._file, "warc_offset": offset, "captured_at": record.captured_at}
        sizes = {"status": _status(head), "bytes": len(body), "payload_sha256": sha256(body).hexdigest()}
        self.add(errand, "stored", **led_to, **place, **sizes, reason=reason)

    def unchanged(self, errand: Errand, before: dict[str, Any]) -> None:
        """Note that the server says that an earlier capture still stands; `before` is the row of that one."""
        self.add(errand, "unchanged", status=304, **{name: before[name] for name in _PLACE})

    def gone(self, errand: Errand, reason: str, status: int | None) -> None:
        """Note that a page that was captured before is not there any more."""
        self.add(errand, "gone", reason=reason, status=status)

    def refused(self, errand: Errand, reason: str = ROBOTS_REASON) -> None:
        """Note an address that robots.txt forbids."""
        self.add(errand, "refused_by_robots", reason=reason)

    def copied(self, errand: Errand, size: int, sha256: str) -> None:
        """Note a WARC file elsewhere whose captures of the day are here now, each with a row of its own."""
        self.add(errand, "copied", bytes=size, payload_sha256=sha256)

    def failed(self, errand: Errand, kind: str, reason: str, status: int | None = None) -> None:
        """Note an address that brought nothing usable; `kind` is a value of fetches.failure."""
        self.add(errand, "failed", failure=kind, reason=reason, status=status)

    def count(self, outcome: str) -> int:
        return sum(row["outcome"] == outcome for row in self.rows)

    def add(self, errand: Errand, outcome: str, **more: Any) -> None:
        asked = {name: getattr(errand, name) for name in ("url", "role", "listed_at", "after_days")}
        self.rows.append(self._common | asked | {"outcome": outcome} | more)


class Shelf(Rows):
    """Takes what one poll or one archive brings for a source's day."""

    journal: Journal | None = None

    def __init__(self, day: date, source: str, file: str, writer: Writer, began: datetime | None = None) -> None:
        super().__init__(day, source, file, began)
        self._writer, self.began = writer, began or days.start(day)

    def keep(self, errand: Errand, record: Record) -> Record:
        """Store the response to what was asked for."""
        self.stored(errand, record, self._writer.write(record))
        return record

    def add(self, errand: Errand, outcome: str, **more: Any) -> None:
        super().add(errand, outcome, **more)
        if self.journal:
            self.journal.write(self.rows[-1])


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


@contextmanager
def open_shelf(lake: Lake, day: date, source: str, part: str, began: datetime) -> Iterator[Shelf]:
    """A shelf of a new part that keeps each response at once: a killed visit leaves all that it had captured.

    A journal beside the WARC file says what was asked for, until the rows are in their place. Raises LakeError.
    """
    path, noted = warc_path(lake, day, part), journal_path(lake, day, part)
    with captures.adding(path) as writer, Journal.opened(noted) as journal:
        made = Shelf(day, source, lake.relative(path), writer, began)
        made.journal = journal
        yield made
        journal.end()
    lake.replace(FETCHES, day, made.rows, part=part)
    noted.unlink()


def waiting_rows(lake: Lake, day: date, part: str) -> Path:
    """Where the rows of a part wait for its WARC file."""
    return warc_path(lake, day, part).with_name(f".{part}.rows")


def journal_path(lake: Lake, day: date, part: str) -> Path:
    """Where the rows of a part stand while its visit lasts."""
    return warc_path(lake, day, part).with_name(f".{part}.journal")


def put_rows(lake: Lake, day: date, part: str) -> None:
    """Let the rows that wait take the place of the part's `fetches`."""
    target = lake.path(FETCHES, day, part)
    target.parent.mkdir(parents=True, exist_ok=True)
    waiting_rows(lake, day, part).replace(target)


def _status(head: bytes) -> int | None:
    """The status in an HTTP head, or NULL where it is none."""
    words = head.split(b"\r\n", 1)[0].split()
    return int(words[1]) if len(words) > 1 and words[1].isdigit() and int(words[1]) >= 100 else None
