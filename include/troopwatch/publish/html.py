"""From values to HTML. Every text of a page is hostile: it is escaped and made visible."""

import base64
import hashlib
from datetime import date, datetime
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from troopwatch.settings import TEMPLATES

# These join letters in Persian, Hindi and others, or only say where a word may break.
HARMLESS = {"\n", "\u00ad", "\u200c", "\u200d"}
LONGEST_LINK = 2000
INLINE = {"style": "style.css", "script": "search.js"}
"""What stands in pages by its hash: the style sheet in all of them, the script in the landing page alone."""
# In English whatever the locale of the process is.
_MONTHS = "January February March April May June July August September October November December"
_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
MONTHS, WEEKDAYS = _MONTHS.split(), _WEEKDAYS.split()


def render(template: str, **values: Any) -> str:
    """A page from a template. Raises `jinja2.UndefinedError` for a value that is not there, TypeError for a None."""
    env = environment()
    hashes = {f"{name}_hash": digest(env.get_template(file).render()) for name, file in INLINE.items()}
    return env.get_template(template).render(**values, **hashes)


@cache
def environment() -> Environment:
    """Templates that escape whatever they print, in files of every kind."""
    env = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(enabled_extensions=("html", "css"), default=True, default_for_string=True),
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters |= {
        "long": long_date,
        "short": short_date,
        "number": number,
        "plain": plain,
        "clip": clip,
        "link": link,
        "s": plural,
        "month": month,
        "weekday": weekday,
    }
    return env


def _finalize(value: Any) -> Any:
    """What every expression of a template passes before it is escaped."""
    if value is None:
        raise TypeError("a template prints None: say what is missing instead")
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def visible(text: str) -> str:
    """The text with control characters and bidirectional overrides shown by their code points."""
    return text if text.isprintable() else "".join(_visible(character) for character in text)


def _visible(character: str) -> str:
    if character.isprintable() or character in HARMLESS:
        return character
    return " " if character.isspace() else f"[U+{ord(character):04X}]"


def link(url: str | None) -> str | None:
    """The address if it may be linked to: http or https with a host and no trick in it; else None."""
    if not url or len(url) > LONGEST_LINK or not url.isprintable() or any(c.isspace() or c in '\\"<>' for c in url):
        return None
    try:
        parts = urlsplit(url)
        return url if parts.scheme in {"http", "https"} and parts.hostname and "@" not in parts.netloc else None
    except ValueError:
        return None


def host(url: str) -> str:
    """Where a link leads."""
    return urlsplit(url).hostname or ""


def clip(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def plain(value: str) -> str:
    """A value of a closed list in words: `under_way` as "under way"."""
    return value.replace("_", " ")


def number(value: int) -> str:
    return f"{value:,}"


def plural(count: int, noun: str, many: str = "") -> str:
    """A count with its noun: 1 mention, 2 mentions."""
    return f"{count:,} {noun if count == 1 else many or f'{noun}s'}"


def long_date(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def short_date(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1][:3]}"


def month(day: date) -> str:
    return f"{MONTHS[day.month - 1]} {day.year}"


def weekday(day: date) -> str:
    return WEEKDAYS[day.weekday()]


def instant(moment: datetime, precision: str | None = "second") -> str:
    """A moment in UTC, no more exact than its source was."""
    shape = {"day": "%Y-%m-%d", "minute": "%Y-%m-%d %H:%M UTC"}.get(precision or "", "%Y-%m-%d %H:%M:%S UTC")
    return moment.strftime(shape)


def digest(text: str) -> str:
    """A style sheet's or script's hash for the content security policy: no other one applies."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
