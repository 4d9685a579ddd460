"""Numbers with their hedges: what a count says about its lower and its upper bound (codebook 3.1)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from text_to_num import text2num

from troopwatch.detect import lexicon

SCALES = {"hundred": 100, "thousand": 1_000, "k": 1_000, "million": 1_000_000, "dozen": 12, "score": 20}
TOO_LARGE = 50_000_000
"""No armed force counts as many: such a number is money or a typing error."""

_SPACE = r"[ \t\n\u00a0\u2009\u202f]"
_ONES = "one two three four five six seven eight nine"
_WORDS = (
    f"{_ONES} ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty "
    "fifty sixty seventy eighty ninety hundred thousand million"
).split()
_DIGITS = rf"\d{{1,3}}(?:(?:,|\u00a0|\u202f|\u2009|{_SPACE}(?=\d{{3}}(?!\d)))\d{{3}})+(?![\d,]\d)|\d+(?:\.\d+)?"
_SCALE = rf"(?:(?:{_SPACE}|-)?(?:hundred|thousand|million|k|dozen|score)(?!\w))"
_SPELLED = rf"(?:a(?={_SPACE}(?:hundred|thousand|million)\b)|{'|'.join(sorted(_WORDS, key=len, reverse=True))})"
_SPELT = (
    rf"(?<!\w)(?<!\d )(?<!\d-){_SPELLED}(?:(?:-|{_SPACE}(?:and{_SPACE})?){_SPELLED}){{0,8}}(?!\w)(?:{_SPACE}dozen)?"
)
_AHEAD = r"(?<![\w.,$\u20ac\u00a3#/:])(?<![A-Za-z]-)"
_BEHIND = r"(?![\d%]|[A-Za-z]{1,3}(?![A-Za-z])|[/-]\d|,\d|\.\d)"
"""Keeps out money, ordinals, types of aircraft, dates and parts of longer numbers."""
_PLAIN = rf"{_AHEAD}(?:{_DIGITS}){_SCALE}?{_BEHIND}|{_SPELT}"


@dataclass(frozen=True)
class Count:
    """A number expression: where it stands, its bounds (None: none is stated) and whether it is hedged."""

    start: int
    end: int
    minimum: int | None
    maximum: int | None
    approx: bool
    bare: tuple[int, int]
    """Where the number without its hedge stands."""


def find(text: str) -> list[Count]:
    """All number expressions of a sentence, in order, without overlaps."""
    found: list[Count] = []
    for count in sorted(_candidates(text), key=lambda c: (c.start, c.start - c.end)):
        if not found or count.start >= found[-1].end:
            found.append(count)
    return [_hedged(text, c, found[i - 1].end if i else 0) for i, c in enumerate(found)]


def _candidates(text: str) -> Iterator[Count]:
    if not _any_number().search(text):
        return
    for m in _ranges().finditer(text):
        low, high = _value(m["low"]), _value(m["high"])
        if low is not None and high is not None:
            low = _lower(m, low, high)
            if low < high <= TOO_LARGE:
                yield Count(m.start(), m.end(), low, high, False, m.span())
    for m in lexicon.pattern("numbers", "vague").finditer(text):
        entry = lexicon.by_term("numbers", "vague")[" ".join(m[0].lower().split())]
        top = entry["min"] if entry.get("exact") else None
        yield Count(m.start(), m.end(), entry["min"], top, top is None, m.span())
    for m in _plain().finditer(text):
        value = _value(m[0])
        if value is not None and 0 < value <= TOO_LARGE:
            yield Count(m.start(), m.end(), value, value, False, m.span())


@lru_cache(maxsize=1)
def _any_number() -> re.Pattern[str]:
    return re.compile(rf"\d|\b(?:{'|'.join(_WORDS)}|dozens?|scores|hundreds|thousands|a pair)\b", re.I)


@lru_cache(maxsize=1)
def _plain() -> re.Pattern[str]:
    return re.compile(rf"(?:{_PLAIN})(?!{_SPACE}+(?:percent|per{_SPACE}cent|years?|days?|months?|weeks?)\b)", re.I)


@lru_cache(maxsize=1)
def _ranges() -> re.Pattern[str]:
    number = rf"(?:(?:{_DIGITS}){_SCALE}?|{_SPELT})"
    joint = rf"(?:(?<=\d){_SPACE}?[-\u2013\u2014]{_SPACE}?(?=\d)|{_SPACE}(?:to|or){_SPACE})"
    return re.compile(
        rf"{_AHEAD}(?:from{_SPACE}|(?P<between>between{_SPACE}))?(?P<low>{number})"
        rf"(?(between){_SPACE}and{_SPACE}|{joint})(?P<high>{number}){_BEHIND}",
        re.I,
    )


def _value(words: str) -> int | None:
    """The number that the words stand for; None where they are none or no whole number."""
    plain = re.sub(r"[\s\u00a0\u2009\u202f]+", " ", words.lower()).strip()
    m = re.match(r"([\d., ]+)[ -]?(\w+)?$", plain)
    try:
        if m is None:
            return _spelt(plain)
        value = float(m[1].replace(",", "").replace(" ", "")) * SCALES.get(m[2] or "", 1)
    except ValueError:
        return None
    return int(value) if value == int(value) else None


def _spelt(words: str) -> int | None:
    dozens = words.endswith(" dozen")
    value = int(text2num(re.sub(r"^a ", "one ", words.removesuffix(" dozen")), "en"))
    return value * 12 if dozens else value


def _lower(range_: re.Match[str], low: int, high: int) -> int:
    """The lower bound of "10-12,000" and of "three to four thousand" borrows the scale of the upper one.

    A scale in words is spoken for both. That of digits is not borrowed by "between 2 and 225,000".
    """
    spoken = [value for word, value in SCALES.items() if re.search(rf"{word}\s*$", range_["high"], re.I)]
    between = range_[0][range_.end("low") - range_.start() : range_.start("high") - range_.start()]
    digits = 1_000 if high % 1_000 == 0 and "," in range_["high"] and between.strip().lower() != "and" else 1
    scale = max(spoken, default=digits)
    bare = low < 1_000 and not re.search("|".join(SCALES), range_["low"], re.I)
    return low * scale if bare and low * scale < high else low


def _hedged(text: str, count: Count, after: int) -> Count:
    """The count with the hedges around it; `after`: where the expression before it ends."""
    before = _before().search(text, max(after, count.start - 40), count.start)
    if before is not None:
        count = replace(_bounded(count, _bounds("hedges", before[1])), start=before.start(1))
        return _hedged(text, count, after)
    behind = _behind().match(text, count.end)
    if behind is None:
        return count
    if behind["strong"]:
        return replace(count, end=behind.end())
    return replace(_bounded(count, _bounds("after", behind["hedge"])), end=behind.end())


@lru_cache(maxsize=1)
def _before() -> re.Pattern[str]:
    return re.compile(
        rf"({lexicon.pattern('numbers', 'hedges').pattern})(?:{_SPACE}(?:a|the|only|just))?{_SPACE}$", re.I
    )


@lru_cache(maxsize=1)
def _behind() -> re.Pattern[str]:
    hedges = lexicon.pattern("numbers", "after").pattern
    return re.compile(rf"(?P<strong>{_SPACE}?-?{_SPACE}?strong\b)|{_SPACE}(?P<hedge>{hedges})", re.I)


def _bounds(part: str, words: str) -> str:
    return str(lexicon.by_term("numbers", part)[" ".join(words.lower().split())]["bounds"])


def _bounded(count: Count, bounds: str) -> Count:
    if bounds == "max":
        return replace(count, minimum=None, maximum=count.maximum or count.minimum, approx=True)
    if bounds == "min":
        return replace(count, minimum=count.minimum or count.maximum, maximum=None, approx=True)
    return replace(count, approx=True)
