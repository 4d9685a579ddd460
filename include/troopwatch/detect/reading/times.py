"""When: explicit expressions of time in a sentence, resolved against the day of publication where that is plain."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = {m.lower(): i for i, m in enumerate(calendar.month_name) if m}
MONTHS |= {m.lower(): i for i, m in enumerate(calendar.month_abbr) if m} | {"sept": 9}
DAYS = {d.lower(): i for i, d in enumerate(calendar.day_name)}
OLD = timedelta(days=90)

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_YEAR = r"(?:1[5-9]|20)\d\d"
_TIME = re.compile(
    rf"\b(?:(?:since|in|on|by|until|from|after|before|during|late|early|mid)[ -])*"
    rf"(?:(?P<month>{_MONTH})\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,? (?P<year>{_YEAR}))?\b"
    rf"|(?P<day2>\d{{1,2}})(?:st|nd|rd|th)? (?P<month2>{_MONTH})\.?(?:,? (?P<year2>{_YEAR}))?\b"
    rf"|(?P<month3>{_MONTH})\.?(?:,? (?P<year3>{_YEAR}))?\b"
    rf"|(?P<year4>{_YEAR})(?!\s*(?:troops|soldiers|men))\b"
    rf"|(?P<weekday>{'|'.join(DAYS)})\b|(?P<word>yesterday|today|tomorrow|(?:last|next) (?:week|month|year))\b)",
    re.I,
)


@dataclass(frozen=True)
class Time:
    """An expression of time; its days are None where it does not resolve."""

    start: int
    text: str
    first: date | None
    last: date | None


def find(text: str, on: date | None) -> list[Time]:
    """The explicit times of a sentence published on a day, in order."""
    return [Time(m.start(), m[0], *_days(m, on)) for m in _TIME.finditer(text) if not _is_modal(text, m)]


def _is_modal(text: str, m: re.Match[str]) -> bool:
    """The verb "may" and the verb "march" are no months."""
    return m[0] in ("may", "march", "Mar", "mar", "sun", "sat") or (m[0] in ("May", "March") and m.start() == 0)


def is_old(times: list[Time], on: date | None) -> bool:
    """Whether the sentence dates its event more than 90 days before publication (or plainly in the past)."""
    last = [t.last for t in times if t.last]
    return bool(on and last and max(last) < on - OLD)


def _days(m: re.Match[str], on: date | None) -> tuple[date | None, date | None]:
    year = m["year"] or m["year2"] or m["year3"] or m["year4"]
    month = m["month"] or m["month2"] or m["month3"]
    try:
        if month:
            return _in_month(MONTHS[month.lower()], m["day"] or m["day2"], int(year) if year else None, on)
        if year:
            return date(int(year), 1, 1), date(int(year), 12, 31)
        if on is None:
            return None, None
        return _relative(m, on)
    except (ValueError, OverflowError):
        return None, None


def _in_month(month: int, day: str | None, year: int | None, on: date | None) -> tuple[date | None, date | None]:
    if year is None:
        if on is None:
            return None, None
        year = on.year - (month > on.month)
    if day:
        return date(year, month, int(day)), date(year, month, int(day))
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def _relative(m: re.Match[str], on: date) -> tuple[date | None, date | None]:
    if m["weekday"]:
        day = on - timedelta(days=(on.weekday() - DAYS[m["weekday"].lower()]) % 7)
        return day, day
    word = m["word"].lower()
    if word in ("yesterday", "today", "tomorrow"):
        day = on + timedelta(days={"yesterday": -1, "today": 0, "tomorrow": 1}[word])
        return day, day
    sign = -1 if word.startswith("last") else 1
    if word.endswith("week"):
        monday = on - timedelta(days=on.weekday()) + timedelta(days=7 * sign)
        return monday, monday + timedelta(days=6)
    if word.endswith("year"):
        return date(on.year + sign, 1, 1), date(on.year + sign, 12, 31)
    index = on.year * 12 + on.month - 1 + sign
    return _in_month(index % 12 + 1, None, index // 12, on)
