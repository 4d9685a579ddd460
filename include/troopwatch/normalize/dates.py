"""Publication times: read with their precision, checked against the capture, never guessed.

- A date alone has precision `day` and stands at 00:00:00Z.
- A time with an offset is converted to UTC: precision `second`, or `minute` where no seconds are given.
- A time without an offset can be any of 27 hours: it is completed by another statement of the page that gives the same
  wall-clock time with an offset; failing that only its day is kept.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

from troopwatch import days
from troopwatch.normalize.outcome import Published

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
"""No page on the web is older; dates before it are zeros and defaults."""

_ISO = re.compile(
    r"(?P<year>\d{4})-?(?P<month>\d\d)-?(?P<day>\d\d)"
    r"(?:(?:[T ]|\s+at\s+)\s*(?P<hour>\d\d?):?(?P<minute>\d\d)(?::?(?P<second>\d\d)(?:[.,]\d+)?)?)?"
    r"\s*(?P<offset>Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?",
    re.IGNORECASE,
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAME = rf"(?P<name>{'|'.join(_MONTHS)})[a-z]*\.?"
_WRITTEN = (
    re.compile(rf"{_NAME}\s+(?P<day>\d\d?)(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})\b", re.IGNORECASE),
    re.compile(rf"\b(?P<day>\d\d?)(?:st|nd|rd|th)?[\s-]+{_NAME}[\s,-]+(?P<year>\d{{4}})\b", re.IGNORECASE),
)
_SCRIPTED = re.compile(
    rf"(?:[a-z]{{3}},? )?{_NAME} (?P<day>\d\d?) (?P<year>\d{{4}}) (?P<time>\d\d:\d\d:\d\d) "
    r"(?:GMT|UTC)(?P<offset>[+-]\d{4})?",
    re.IGNORECASE,
)
"""As JavaScript prints a date: `Tue Nov 19 2019 03:05:46 GMT+0000`."""
_IN_URL = re.compile(
    rf"/(?P<year>(?:19|20)\d\d)[/-](?:(?P<month>\d\d?)|{_NAME})[/-](?P<day>\d\d?)(?=[/_.-]|$)", re.IGNORECASE
)
_EPOCH = re.compile(r"\d{10}(?:\d{3})?")
_ZONES = {
    **dict.fromkeys(("ET", "EST", "EDT"), "America/New_York"),
    **dict.fromkeys(("CT", "CDT"), "America/Chicago"),
    **dict.fromkeys(("MT", "MDT"), "America/Denver"),
    **dict.fromkeys(("PT", "PST", "PDT"), "America/Los_Angeles"),
    **dict.fromkeys(("GMT", "UTC"), "UTC"),
    **dict.fromkeys(("CET", "CEST"), "Europe/Paris"),
    **dict.fromkeys(("AEST", "AEDT"), "Australia/Sydney"),
    "KST": "Asia/Seoul",
    "JST": "Asia/Tokyo",
}
"""Short names of zones in news pages; those of several places (IST, BST, CST, MST) are left out."""
_CLOCK = re.compile(
    rf"\b(?P<hour>\d\d?):(?P<minute>\d\d)(?::\d\d)?\s*(?:(?P<half>[ap])\.?m\.?)?\s*\(?(?P<zone>{'|'.join(_ZONES)})\b",
    re.IGNORECASE,
)
_MAIL = re.compile(r"(?:[a-z]{3}, )?\d\d? [a-z]{3} \d{4} \d\d:\d\d", re.IGNORECASE)
_LONGEST = 100
_WIDEST = timedelta(hours=15)
"""No offset is further from UTC, with an hour to spare."""


@dataclass(frozen=True)
class Stated:
    """One statement of a publication time. `local` is true while its offset is unknown: then `at` is its wall clock."""

    at: datetime
    precision: str
    origin: str
    local: bool = False

    def as_day(self) -> "Stated":
        return Stated(self.at.replace(hour=0, minute=0, second=0), "day", self.origin)


def read(words: str, origin: str) -> Stated | None:
    """The time that some words state; None where they state none, or one like 3/4/2024 that can be read two ways."""
    words = words.strip()[:_LONGEST]
    if _EPOCH.fullmatch(words):
        return Stated(datetime.fromtimestamp(int(words[:10]), UTC), "second", origin)
    try:
        if match := _ISO.match(words):
            return _from_iso(match, origin)
        if match := _SCRIPTED.match(words):
            at = datetime.combine(_day_of(match), time.fromisoformat(match["time"]), UTC)
            return Stated(at - _offset(match["offset"] or "Z"), "second", origin)
        is_mail = _MAIL.match(words) or not _CLOCK.search(words)
        return (_from_mail(words, origin) if is_mail else None) or _from_written(words, origin)
    except (ValueError, OverflowError):
        return None


def in_url(url: str) -> Stated | None:
    """The day in an address such as /2024/10/18/ or /2024/oct/18/."""
    match = _IN_URL.search(url)
    try:
        return Stated(_day_of(match), "day", "url") if match else None
    except ValueError:
        return None


def choose(stated: Iterable[Stated | None], captured_at: datetime) -> Published:
    """The first statement that can be true; one before it that cannot is kept in `rejected`.

    Cannot be true: more than a day after the capture (clocks and offsets are wrong by less), or before 1990.
    """
    known = [each for each in stated if each]
    possible = [each for each in known if EARLIEST <= each.at <= captured_at + days.ONE]
    refused = known[0] if known and known[0] not in possible else None
    rejected = f"{refused.at:%Y-%m-%dT%H:%M:%SZ} from {refused.origin}" if refused else None
    if not possible:
        return Published(rejected=rejected)
    best = _with_offset(possible[0], possible) if possible[0].local else _with_time(possible[0], possible)
    return Published(best.at, best.precision, best.origin, rejected)


def _with_offset(first: Stated, among: list[Stated]) -> Stated:
    """A wall-clock time with the offset that another statement gives it; only its day where none does."""
    same = (s for s in among if not s.local and s.precision != "day" and abs(s.at - first.at) < _WIDEST)
    wall = first.at.replace(second=0)  # offsets are whole quarters of an hour
    fitting = (s for s in same if (s.at.replace(second=0) - wall) % timedelta(minutes=15) == timedelta())
    return next(fitting, first.as_day())


def _with_time(first: Stated, among: list[Stated]) -> Stated:
    """A day with the instant that another statement gives on it, by the clock of some place on Earth."""
    if first.precision != "day":
        return first
    instants = (s for s in among if not s.local and s.precision != "day")
    return next((s for s in instants if first.at - _WIDEST < s.at < first.at + days.ONE + _WIDEST), first)


def _from_iso(match: re.Match[str], origin: str) -> Stated:
    day = _day_of(match)
    if match["hour"] is None:
        return Stated(day, "day", origin)
    at = day + timedelta(hours=int(match["hour"]), minutes=int(match["minute"]), seconds=int(match["second"] or 0))
    if int(match["hour"]) > 24 or int(match["minute"]) > 59:
        raise ValueError("no time of day")
    precision = "second" if match["second"] else "minute"
    if re.match(r"\s*[ap]\.?m", match.string[match.end() :], re.IGNORECASE):
        return Stated(day, "day", origin)
    if match["offset"] is None:
        return Stated(at, precision, origin, local=True)
    return Stated(at - _offset(match["offset"]), precision, origin)


def _offset(words: str) -> timedelta:
    if words[0] not in "+-":
        return timedelta()
    digits = words[1:].replace(":", "").ljust(4, "0")
    size = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    if size > _WIDEST:
        raise ValueError("no offset")
    return -size if words[0] == "-" else size


def _from_mail(words: str, origin: str) -> Stated | None:
    """RFC 2822, which feeds use: `Mon, 28 Feb 2022 23:21:10 +0000`."""
    if ":" not in words:
        return None
    try:
        at = parsedate_to_datetime(words)
    except (ValueError, IndexError, TypeError):
        return None
    precision = "second" if words.count(":") > 1 else "minute"
    if at.tzinfo is None:
        return Stated(at.replace(tzinfo=UTC), precision, origin, local=True)
    return Stated(at.astimezone(UTC), precision, origin)


def _from_written(words: str, origin: str) -> Stated | None:
    """`October 18, 2024` and `18 Oct 2024`; the time beside it where it names a zone that is one place's alone."""
    match = next((m for pattern in _WRITTEN if (m := pattern.search(words))), None)
    if match is None:
        return None
    day, clock = _day_of(match), _CLOCK.search(words)
    if clock is None:
        return Stated(day, "day", origin)
    hour = int(clock["hour"])
    if clock["half"]:
        hour = hour % 12 + (12 if clock["half"].lower() == "p" else 0)
    zone = ZoneInfo(_ZONES[clock["zone"].upper()])
    at = day.replace(hour=hour, minute=int(clock["minute"]), tzinfo=zone)
    return Stated(at.astimezone(UTC), "minute", origin)


def _day_of(match: re.Match[str]) -> datetime:
    found = match.groupdict()
    month = found.get("month") or _MONTHS.index(found["name"][:3].lower()) + 1
    return datetime(int(found["year"]), int(month), int(found["day"]), tzinfo=UTC)
