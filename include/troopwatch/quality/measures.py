"""What of a source's day is held against its own past, and how far it may stray.

A measure is a figure of one source and day. Its bounds come from the median and the median absolute deviation (MAD) of
the same source's last days (`baselines`), but never lie closer to the median than its floor: ten articles in place of
twelve are no news. Floors are in the measure's own unit and say what is too little to matter to a reader, whatever
the past looked like; they were not fitted to any feed.
"""

from dataclasses import dataclass
from enum import StrEnum

from troopwatch.quality.model import Severity

SPAN = 28
"""Days before a day that it is held against."""
REACH = 2 * SPAN
"""Days on either side over which a day can matter: an article may be held against itself of a span before, and the
figure that this gives is part of what is usual for a span after."""
FEWEST_DAYS = 7
"""Days of the past that must have the measure; with fewer, what a source is like is not known."""
FEW = 5
"""Rows that a share must stand on: of fewer, one byline more or less is a large share."""
SIGMAS = 6.0
"""How many standard deviations from the median are still usual; a MAD is 1/1.4826 of one where noise is normal."""


class Scale(StrEnum):
    """How distances are taken: amounts grow and shrink by factors, shares by differences."""

    AMOUNT = "amount"
    SHARE = "share"


@dataclass(frozen=True)
class Measure:
    """One figure of a source's day.

    `sql` is an aggregate over rows of the view `of` (see `facts`), `rows` another: how many rows it stands on.
    `floor` is the least distance from the median that matters; `factor`, for amounts, the least factor.
    A fixed `most` is a bound of its own: for figures whose past is zero by nature, and that need no past at all.
    """

    name: str
    words: str
    of: str
    sql: str
    rows: str = "count(*)"
    fewest: int = FEW
    scale: Scale = Scale.SHARE
    floor: float = 0.0
    factor: float = 2.0
    low: bool = False
    high: bool = False
    by_weekday: bool = False
    sigmas: float = SIGMAS
    most: float | None = None
    severity: Severity = Severity.WARNING


def _is_filled(name: str, words: str, condition: str, floor: float = 0.3) -> Measure:
    return Measure(name, f"the share of articles {words}", "documents", _share(condition), floor=floor, low=True)


def _share(condition: str) -> str:
    return f"avg(({condition})::INTEGER)"


def _known(name: str, words: str, condition: str, severity: Severity = Severity.WARNING) -> Measure:
    """A share of the articles that had been captured before: they are compared with themselves."""
    said = f"of articles that had been captured before, the share {words}"
    return Measure(name, said, "known_articles", _share(condition), fewest=3, most=0.5, severity=severity)


COUNT = "count(doc_id)"
AMOUNTS = (
    Measure(
        "documents",
        "the number of articles, against working days or weekends as the day is one",
        "captured",
        COUNT,
        fewest=1,
        scale=Scale.AMOUNT,
        floor=5,
        low=True,
        high=True,
        by_weekday=True,
    ),
    Measure(
        "silence",
        "the number of articles, not less than a tenth of what is usual",
        "captured",
        COUNT,
        fewest=1,
        scale=Scale.AMOUNT,
        floor=9,
        factor=10,
        low=True,
        by_weekday=True,
        sigmas=0,
        severity=Severity.CRITICAL,
    ),
    Measure(
        "characters",
        "the median length of the articles, in code points",  # not its upper end: long speeches are news
        "documents",
        "median(characters)",
        scale=Scale.AMOUNT,
        floor=300,
        low=True,
    ),
    Measure(
        "gated",
        "the share of sentences that hold words of forces or demands",
        "read_documents",
        "sum(gated) / sum(sentences)",
        rows="sum(sentences)",
        fewest=30,
        scale=Scale.AMOUNT,
        floor=0.02,
        factor=5,
        low=True,
    ),
    Measure(
        "mentions",
        "the number of mentions an article",  # not its lower end: on quiet days there are none
        "read_documents",
        "avg(mentions)",
        scale=Scale.AMOUNT,
        factor=3,
        floor=1,
        high=True,
    ),
    Measure(
        "largest",
        "the largest number of persons in a deployment",
        "mentions",
        "max(persons)",
        rows="count(persons)",
        fewest=1,
        scale=Scale.AMOUNT,
        floor=1000,
        factor=8,
        high=True,
        sigmas=2,
    ),
)

SHARES = (
    _is_filled("titled", "with a title", "title IS NOT NULL"),
    _is_filled("authored", "with an author", "authors IS NOT NULL"),
    _is_filled("timed", "with a time of publication", "published_at IS NOT NULL"),
    _is_filled("whole", "that are no stubs", "NOT is_stub"),
    _is_filled("finished", "that end with the end of a sentence", "finished"),
    Measure(
        "ahead",
        "the share of articles that say they were published more than an hour after their capture",
        "documents",
        _share("published_at > captured_at + INTERVAL 1 HOUR"),
        rows="count(published_at)",
        fewest=3,
        most=0.3,
    ),
    Measure(
        "quarantined",
        "the share of articles that were quarantined",
        "articles",
        _share("is_quarantined"),
        floor=0.2,
        high=True,
    ),
    Measure(
        "read",
        "the share of articles in a language that is read",
        "read_documents",
        _share("outcome = 'read'"),
        floor=0.3,
        low=True,
    ),
    Measure(
        "unknown_actors",
        "the share of mentions whose force owner or demander is not known",
        "mentions",
        _share("code IS NULL"),
        floor=0.35,
        high=True,
    ),
    Measure(
        "unresolved",
        "the share of mentions whose force owner or demander is not known: not nearly all",
        "mentions",
        _share("code IS NULL"),
        rows="count(*)",
        fewest=10,
        floor=0.6,
        sigmas=0,
        high=True,
        severity=Severity.CRITICAL,
    ),
    Measure("denied", "the share of denials", "mentions", _share("status = 'denied'"), floor=0.3, high=True),
)

STEADY = (
    _known("shrunk", "that lost a third of their text", "characters < 0.67 * characters_before", Severity.CRITICAL),
    _known("redated", "that are dated otherwise", "abs(epoch(published_at - published_before)) > 3600"),
    _known("unsigned", "that lost their author", "authors IS NULL AND authors_before IS NOT NULL"),
    Measure(
        "unsteady",
        "of texts that had been read before by the same rules, the share that says something else now",
        "known_texts",
        _share("found IS DISTINCT FROM found_before"),
        fewest=1,
        most=0.0,
    ),
    Measure(
        "overturned",
        "of texts that had been read before by the same rules, the share that says something else now: not most",
        "known_texts",
        _share("found IS DISTINCT FROM found_before"),
        fewest=4,
        most=0.5,
        severity=Severity.CRITICAL,
    ),
    Measure(
        "recoded",
        "of names that had one actor code all the time, the share that has another now",
        "settled_names",
        "sum(rows * (code IS DISTINCT FROM code_before)::INTEGER) / sum(rows)",
        rows="sum(rows)",
        most=0.2,
    ),
)

MEASURES = {measure.name: measure for measure in (*AMOUNTS, *SHARES, *STEADY)}
