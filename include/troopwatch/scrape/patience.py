"""How long a client waits before it asks again: what the server asks for, or longer and longer."""

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from zlib import crc32

MOST = 120.0
"""Seconds that one visit waits for a busy host; one that asks for more is asked again by a later run."""


def asked_for(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds that a Retry-After asks to wait, given as such or as a date; None where it has none that can be read.

    A date counts from the server's own Date, where it gives one: its clock may be wrong.
    """
    words = headers.get("Retry-After", "").strip()
    if words.isascii() and words.isdigit():
        return float(words[:9])
    until = _date(words)
    return max(0.0, (until - (_date(headers.get("Date", "")) or now)).total_seconds()) if until else None


def backoff(url: str, attempt: int, pause: float) -> float:
    """Seconds before the next attempt: twice as long each time, give or take a half, so that clients spread out.

    The spread follows from the address, so that the same visit always waits as long.
    """
    spread = crc32(f"{attempt} {url}".encode()) / 2**32
    return pause * 2.0**attempt * (0.5 + spread)


def _date(words: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(words)
    except (ValueError, TypeError, OverflowError):
        return None
    return found.replace(tzinfo=found.tzinfo or UTC)
