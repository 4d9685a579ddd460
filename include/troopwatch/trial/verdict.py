"""What a sample of a source says about it: whether a run could live on it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from troopwatch.normalize import Article, Outcome, Refusal
from troopwatch.normalize.dates import Stated
from troopwatch.normalize.stage import of_record
from troopwatch.scrape.listings import Item
from troopwatch.scrape.sample import Answer, Sample
from troopwatch.sources import Feed, Sitemap
from troopwatch.trial import canary

RECENT = timedelta(days=30)
"""Older items say nothing about the usual volume: many a feed holds a pinned one."""
SHORTEST_SPAN = timedelta(hours=1)


@dataclass(frozen=True)
class Trial:
    """One source as it was found; a number is None where there was nothing to count.

    `dated` counts the `parsed` texts whose time of publication is known, from the page or from the listing. `canary`
    says whether its frozen page is read as it was, None that it has none.
    """

    name: str
    reachable: bool
    robots: str
    items: int | None
    texts: int
    parsed: int
    dated: int
    stubs: int
    canary: bool | None
    per_day: float | None
    floor: int
    ceiling: int
    failures: tuple[str, ...]
    warnings: tuple[str, ...]


def of(source: Feed | Sitemap, sample: Sample, now: datetime) -> Trial:
    """Judge a sample that was taken at `now`."""
    outcomes = list(_outcomes(source, sample))
    articles = [found for found in outcomes if isinstance(found, Article)]
    rate, changed = per_day(sample.items, now), canary.differences(source)
    return Trial(
        name=source.name,
        reachable=sample.listing is not None and sample.listing.record is not None,
        robots=_robots(sample),
        items=None if sample.broken else len(sample.items),
        texts=len(outcomes),
        parsed=len(articles),
        dated=sum(article.published.at is not None for article in articles),
        stubs=sum(article.is_stub for article in articles),
        canary=None if changed is None else not changed,
        per_day=rate,
        floor=source.articles.floor,
        ceiling=source.articles.ceiling,
        failures=(*_failures(source, sample, outcomes, rate), *_canary_failures(changed)),
        warnings=tuple(_warnings(source, articles, rate)),
    )


def per_day(items: list[Item], now: datetime) -> float | None:
    """Items a day by their dates, of those of the last 30 days; None for fewer than two."""
    times = sorted(i.published_at for i in items if i.published_at and now - RECENT < i.published_at <= now)
    if len(times) < 2:
        return None
    return (len(times) - 1) / (max(times[-1] - times[0], SHORTEST_SPAN) / timedelta(days=1))


def _robots(sample: Sample) -> str:
    if any(answer.row["outcome"] == "refused_by_robots" for answer in _answers(sample)):
        return "in part" if sample.pages else "forbids"
    if sample.has_robots:
        return "allows"
    return "none" if sample.listing and sample.listing.record else "unknown"


def _answers(sample: Sample) -> list[Answer]:
    return [*([sample.listing] if sample.listing else []), *sample.pages]


def _outcomes(source: Feed | Sitemap, sample: Sample) -> Iterator[Outcome]:
    """What normalizing makes of the sample; a page that was not had is a refusal too."""
    for answer in sample.pages if source.content == "page" else _answers(sample):
        if answer.record is None:
            yield Refusal("not_ok", answer.row["reason"])
            continue
        listed = answer.row["listed_at"]
        try:
            yield from of_record(answer.record, source, Stated(listed, "second", source.kind) if listed else None)
        except Exception as error:  # whatever a library trips over in a hostile page
            yield Refusal("unreadable", f"{type(error).__name__}: {error}"[:500])


def _failures(source: Feed | Sitemap, sample: Sample, outcomes: list[Outcome], rate: float | None) -> Iterator[str]:
    """Why a run could not live on the source."""
    if sample.broken:
        yield f"listing: {sample.broken}"
        return
    if not sample.items:
        yield "its listing names nothing"
    articles = [found for found in outcomes if isinstance(found, Article)]
    if 2 * len(articles) < len(outcomes):
        refused = next(found for found in outcomes if isinstance(found, Refusal))
        yield f"{len(articles)} of {len(outcomes)} texts could be read; {refused.rule}: {refused.detail}"
    dated = sum(article.published.at is not None for article in articles)
    if 2 * dated < len(articles):
        yield f"{dated} of {len(articles)} texts have a date"
    if rate is not None and rate < source.articles.floor:
        yield f"{rate:.1f} items a day are fewer than the floor, {source.articles.floor}"


def _canary_failures(changed: list[str] | None) -> Iterator[str]:
    if changed:
        yield f"its canary page is read otherwise than it was: {', '.join(changed)}"


def _warnings(source: Feed | Sitemap, articles: list[Article], rate: float | None) -> Iterator[str]:
    """What its maintainer may want to write down."""
    if rate is not None and rate > source.articles.ceiling:
        yield f"{rate:.1f} items a day are more than the ceiling, {source.articles.ceiling}"
    stubs = sum(article.is_stub for article in articles)
    if 2 * stubs > len(articles):
        yield f"{stubs} of {len(articles)} texts are stubs: a paywall"
