"""One day of one source: captured now, copied from captures made elsewhere, or replayed from what is there."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta

from troopwatch import days
from troopwatch.lake import Lake, read_file
from troopwatch.scrape import archive, earlier, ledger, live, plan
from troopwatch.scrape.collection import Collection
from troopwatch.scrape.plan import Plan
from troopwatch.scrape.recover import recover
from troopwatch.scrape.shelf import FETCHES, Shelf, open_shelf, warc_path
from troopwatch.scrape.tally import UNFINISHED
from troopwatch.settings import Settings
from troopwatch.sources import Feed, Sitemap, Source, Warc, choose
from troopwatch.tables import LAKE
from troopwatch.tables.scrape import COUNTED, FAILURES


def run(day: date, name: str, settings: Settings, now: datetime) -> dict[str, int]:
    """Bring one source's captures of the day into the lake and write its ledger row; its outcome and counts.

    What was captured is never fetched again: a second run of a day replays it, and asks only for what failed. A source
    that answers nothing, or that cannot be asked for the day any more, gets a ledger row that says so. Raises
    SourceError for an unknown name and LakeError where the data folder cannot be written.
    """
    (source,) = choose(settings.sources, name)
    lake = Lake(settings.data)
    with lake.lock(f"scrape-{name}"):
        damage = recover(lake, day, source)
        _begin(lake, day, source)
        reason = _capture(day, source, settings, now, damage)
        row = ledger.row(day, source, ledger.fetches(lake, day, name), reason)
        lake.replace(LAKE["ledger"], day, [row], part=name)
    counts = {key: row[key] for key in ("requests", *COUNTED.values())}
    failed = {key: row[key] for key in (f"failed_{kind}" for kind in FAILURES) if row[key]}
    return {f"sources_{row['outcome']}": 1} | counts | failed


def why_nothing(day: date, name: str, settings: Settings) -> str | None:
    """Why there are no data of a source and day, as that it cannot be fetched again; None where there are some."""
    (row,) = read_file(LAKE["ledger"], Lake(settings.data).path(LAKE["ledger"], day, name)).to_pylist()
    return row["reason"] if row["outcome"] == "no_data" else None


def _begin(lake: Lake, day: date, source: Source) -> None:
    """Leave a ledger row that stands where the run is killed: the day's other sources are then judged without it."""
    if not ledger.parts(lake, LAKE["ledger"], day, source.name):
        row = ledger.row(day, source, ledger.fetches(lake, day, source.name), None)
        unfinished = {"outcome": "failed", "reason": UNFINISHED}
        lake.replace(LAKE["ledger"], day, [row | unfinished], part=source.name)


def poll(day: date, name: str, settings: Settings, now: datetime) -> dict[str, int]:
    """Capture what a live source serves now, for a day that is not over; the ledger row waits for the day's run."""
    (source,) = choose(settings.sources, name)
    if isinstance(source, Warc):
        return {"requests": 0}
    lake = Lake(settings.data)
    with lake.lock(f"scrape-{name}"):
        recover(lake, day, source)
        planned = plan.of_poll(day, ledger.fetches(lake, day, name), earlier.rows(lake, day, name, plan.REMEMBERED))
        return {"requests": _ask(day, source, planned, settings, now)}


def _capture(day: date, source: Source, settings: Settings, now: datetime, damage: str | None) -> str | None:
    """Make sure the day's captures are there; why not, where they cannot be had. `damage` is what was lost of them."""
    lake = Lake(settings.data)
    if isinstance(source, Warc) and source.files:
        return archive.copy(day, source, settings.corpus, lake) or damage
    if isinstance(source, Warc):
        _collect(day, source, settings, now)
        return damage
    asked = ledger.fetches(lake, day, source.name)
    was_visited = ledger.is_captured(lake, day, source.name) or plan.was_visited(day, asked)
    is_present = days.can_be_asked_now(day, now)
    before = earlier.rows(lake, day, source.name, plan.REMEMBERED) if is_present else ()
    planned = plan.of_run(day, asked, damage is None and was_visited, before)
    if planned.is_empty:
        return None
    if is_present or (source.can_serve(day) and days.end(day) <= now):
        _ask(day, source, planned, settings, now)
        return damage
    only_now = f"a {source.kind} serves only the present: {day} cannot be fetched again"
    return f"{damage}, and {only_now}" if damage else only_now


def _ask(day: date, source: Feed | Sitemap, planned: Plan, settings: Settings, now: datetime) -> int:
    """One visit of a live source, on a shelf of its own; the number of addresses it led to."""
    with _new_shelf(day, source, settings, now) as kept:
        asyncio.run(live.capture(source, planned, settings, kept.began, kept))
    return len(kept.rows)


@contextmanager
def _new_shelf(day: date, source: Source, settings: Settings, now: datetime) -> Iterator[Shelf]:
    """A shelf for one visit, named by when it began."""
    lake, began = Lake(settings.data), now
    while _has_part(lake, day, part := f"{source.name}@{began:%Y%m%dT%H%M%SZ}"):
        began += timedelta(seconds=1)  # two visits in one second: the later one must not take the earlier one's place
    with open_shelf(lake, day, source.name, part, began) as kept:
        yield kept


def _collect(day: date, source: Warc, settings: Settings, now: datetime) -> None:
    """Copy the day out of a collection, or what is missing of it; a captured day needs neither network nor corpus."""
    lake = Lake(settings.data)
    asked = ledger.fetches(lake, day, source.name)
    if ledger.is_captured(lake, day, source.name) and not any(
        plan.can_be_mended(f) for f in plan.last(asked, "archive")
    ):
        return
    with _new_shelf(day, source, settings, now) as kept:
        asyncio.run(Collection(day, source, settings, asked, kept).capture(now))


def _has_part(lake: Lake, day: date, part: str) -> bool:
    return lake.path(FETCHES, day, part).exists() or warc_path(lake, day, part).exists()
