"""One day of one source: captured now, copied from captures made elsewhere, or replayed from what is there."""

import asyncio
from datetime import date, datetime

from troopwatch import days
from troopwatch.lake import Lake
from troopwatch.scrape import archive, ledger, live
from troopwatch.scrape.shelf import shelf
from troopwatch.settings import Settings
from troopwatch.sources import Feed, Sitemap, Source, Warc, choose
from troopwatch.tables import LAKE


def run(day: date, name: str, settings: Settings, now: datetime) -> dict[str, int]:
    """Bring one source's captures of the day into the lake and write its ledger row; the counts of that row.

    What was captured is never fetched again: a second run of a day replays it. A source that answers nothing, or that
    cannot be asked for the day any more, gets a ledger row that says so. Raises SourceError for an unknown name and
    LakeError where the data folder cannot be written.
    """
    (source,) = choose(settings.sources, name)
    lake = Lake(settings.data)
    with lake.lock(f"scrape-{name}"):
        reason = _capture(day, source, settings, now)
        row = ledger.row(day, name, ledger.fetches(lake, day, name), reason)
        lake.replace(LAKE["ledger"], day, [row], part=name)
    return {key: row[key] for key in ("requests", "responses", "refused_by_robots", "failures")}


def poll(day: date, name: str, settings: Settings, now: datetime) -> dict[str, int]:
    """Capture what a live source serves now, for a day that is not over; the ledger row waits for the day's run."""
    (source,) = choose(settings.sources, name)
    if isinstance(source, Warc):
        return {"requests": 0}
    with Lake(settings.data).lock(f"scrape-{name}"):
        return {"requests": _ask(day, source, settings, now)}


def _capture(day: date, source: Source, settings: Settings, now: datetime) -> str | None:
    """Make sure the day's captures are there; why not, where they cannot be had."""
    lake = Lake(settings.data)
    if isinstance(source, Warc):
        return archive.copy(day, source, settings.corpus, lake)
    if ledger.is_captured(lake, day, source.name):
        return None
    if days.can_be_asked_now(day, now) or (source.can_serve(day) and days.end(day) <= now):
        _ask(day, source, settings, now)
        return None
    return f"a {source.kind} serves only the present: {day} cannot be fetched again"


def _ask(day: date, source: Feed | Sitemap, settings: Settings, now: datetime) -> int:
    """One poll of a live source, on a shelf of its own; the number of addresses it led to."""
    part = f"{source.name}@{now:%Y%m%dT%H%M%SZ}"
    with shelf(Lake(settings.data), day, source.name, part) as kept:
        asyncio.run(live.capture(source, day, settings, now, kept))
    return len(kept.rows)
