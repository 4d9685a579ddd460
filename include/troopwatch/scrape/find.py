"""Captures found by their address: the rows of `fetches` are the index of what lies in the WARC files."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from troopwatch import captures
from troopwatch.captures import Damage, Record
from troopwatch.lake import Lake
from troopwatch.scrape.plan import HELD
from troopwatch.tables import LAKE

FETCHES = LAKE["fetches"]


@dataclass(frozen=True)
class Found:
    """One row of fetches about an address, with the capture it leads to, if any, and what is wrong with that."""

    row: dict[str, Any]
    record: Record | None
    damage: str | None


def find(lake: Lake, url: str) -> Iterator[Found]:
    """All that was asked of an address or that redirects led to it for, day by day, each capture read and verified.

    Raises LakeError for a damaged partition.
    """
    for day in lake.days(FETCHES):
        for row in lake.rows(FETCHES, day):
            if url in (row["url"], row["final_url"]):
                yield _found(lake.root, row)


def _found(root: Path, row: dict[str, Any]) -> Found:
    if row["outcome"] not in HELD:
        return Found(row, None, None)
    try:
        record = captures.read_at(root / row["warc_file"], row["warc_offset"])
    except OSError as error:
        return Found(row, None, f"it cannot be read: {error.strerror or error}")
    if isinstance(record, Damage):
        return Found(row, None, record.reason)
    return Found(row, record, _objection(row, record))


def _objection(row: dict[str, Any], record: Record) -> str | None:
    """What differs between a capture and its row."""
    if record.url != (row["final_url"] or row["url"]):
        return f"another record stands there: {record.url}"
    body = record.block.partition(b"\r\n\r\n")[2]
    return None if sha256(body).hexdigest() == row["payload_sha256"] else "its digest is not that of its row"


def shown(found: Found) -> str:
    """A line for each thing that is known of a capture: none is cut, however narrow the terminal."""
    row = found.row
    lines = [
        " ".join(map(str, filter(None, (row["day"], row["source"], row["outcome"], row["status"], row["reason"]))))
    ]
    if row["warc_file"] is not None:
        lines.append(f"  {row['bytes']} bytes, captured at {row['captured_at']}")
        lines.append(f"  {row['warc_file']}, offset {row['warc_offset']}")
        lines.append(f"  {found.damage or 'digest verified'}")
    return "\n".join(lines)
