"""The publish stage: seal an edition, put it up, say where we stand; and the standing alone, for a day that closed."""

import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from troopwatch import lake, quality, stored
from troopwatch.lake import Lake
from troopwatch.publish import banner, edition, exports, index, quality_page, renewal, standing, swap
from troopwatch.publish.edition import PublishError
from troopwatch.publish.editions import seal, shelf
from troopwatch.publish.editions.seal import Cause
from troopwatch.publish.editions.shelf import Kept
from troopwatch.publish.renewal import Due
from troopwatch.publish.standing import DayLine, Standing
from troopwatch.settings import Settings

Counts = dict[str, int]
FEED = "editions.atom"


def run(days: Iterable[date], candidate: Path, settings: Settings, now: datetime) -> Counts:
    """Publish a judged candidate, <data>/aggregate/edition-000123.duckdb, and the reports of these days.

    Where its rows or a report differ from what is up, they are a new edition, made at `now`. Reports of other open days
    that the new rows contradict are made anew, the newest first; the rest are marked. A candidate of a slower run never
    replaces a newer one: the published file then holds its days already. Returns counts over the reports written.
    Raises PublishError for a day that is not open and for a candidate that is gone, damaged or not let through, and
    LakeError where the folder cannot be written to; what was up before then stays up.
    """
    with Lake(settings.data).lock("publish"):
        counts = _publish(set(days), candidate, settings, now, renewal.HEALED)
        # Last, and the mark after it: a run that is killed before finds all of them again.
        for spent in (candidate, quality.mark_of(candidate), stored.inputs_of(candidate)):
            spent.unlink(missing_ok=True)
    return counts


def heal(settings: Settings, now: datetime) -> Counts:
    """Make every outdated report anew, however many and old they are: an edition of pages alone."""
    with Lake(settings.data).lock("publish"):
        return _publish(set(), None, settings, now, sys.maxsize)


def tell_of_closed(day: date, settings: Settings) -> Standing:
    """After a gate closed: the day's quality page says by what, and the standing since when all else is stale."""
    with Lake(settings.data).lock("publish"):
        quality_page.write([day], settings)
    return refresh_standing(settings)


def refresh_standing(settings: Settings) -> Standing:
    """Say anew which day is the latest good one and since when it is stale: after a publish, and after a gate closed.

    Writes published/index.html, published/status.json and the banners of the reports. Raises LakeError where
    the folder cannot be written to.
    """
    store = Lake(settings.data)
    with store.lock("publish"):
        published = settings.published
        return _refresh(standing.day_lines(store, published), standing.read(published), published)


def _publish(wanted: set[date], candidate: Path | None, settings: Settings, now: datetime, most: int) -> Counts:
    published = settings.published
    lines = standing.day_lines(Lake(settings.data), published)
    _check_open(wanted, lines)
    before = standing.read(published)
    was_cut_short = shelf.put_up(published)
    last = shelf.newest(published)
    serial = max(before.serial, last.serial if last else 0)
    goes_up = candidate is not None and _goes_up(candidate, published, serial)
    base = candidate if candidate is not None and goes_up else _database(last, published)
    cause = Cause(sorted(wanted), now, swap.serial_of(base) if goes_up else serial, _inputs(base, last, goes_up))
    is_open = {line.day for line in lines if line.gate == "open"}
    due = Due(wanted, is_open, 0 if was_cut_short else most)
    with seal.drafted(published) as draft:
        renewed = renewal.write(base, draft, due, settings)
        made = _sealed(base, draft, last, cause)
    shelf.put_up(published)
    _write_feed(published)
    quality_page.write(renewed.sizes, settings)
    up = made or last
    now_up = replace(before, serial=cause.serial, edition=up.number if up else None, outdated=renewed.outdated)
    _refresh(
        [replace(line, has_report=line.has_report or line.day in renewed.sizes) for line in lines], now_up, published
    )
    is_other = made is not None and (last is None or last.content != made.content)
    return {
        "files_swapped": int(is_other),
        "editions": int(made is not None),
        "reports": len(renewed.sizes),
        "report_bytes": sum(renewed.sizes.values()),
    }


def _check_open(wanted: set[date], lines: Iterable[DayLine]) -> None:
    """Raises PublishError for a day that was never run, or whose gate is not open."""
    gates = {line.day: line for line in lines}
    for day in sorted(wanted):
        if day not in gates:
            raise PublishError(f"{day} cannot be published: it was never run")
        if gates[day].gate != "open":
            raise PublishError(f"{day} cannot be published, for its gate is not open: {gates[day].reason}")


def _goes_up(candidate: Path, published: Path, serial: int) -> bool:
    """Whether the candidate is as new as what is up. Raises PublishError for one that was not let through."""
    is_newer = swap.is_newer(candidate, published, serial)
    if candidate.exists() and not quality.has_passed(candidate):
        raise PublishError(f"{candidate} was not let through by the edition gate: run the aggregate stage again")
    if is_newer:
        edition.verify(candidate)
    return is_newer


def _database(last: Kept | None, published: Path) -> Path:
    """The file of what is up. Raises PublishError where that is of no edition yet, or gone."""
    if last is None:
        raise PublishError(f"{published} holds no edition yet: run the aggregate stage")
    return last.database


def _inputs(base: Path, last: Kept | None, goes_up: bool) -> Mapping[str, Any]:
    """What the base was made from; nothing where nobody has said so."""
    if not goes_up:
        return last.facts if last else {}
    said = stored.inputs_of(base)
    found: Mapping[str, Any] = json.loads(said.read_bytes()) if said.exists() else {}
    return found


def _sealed(base: Path, draft: Path, last: Kept | None, cause: Cause) -> Kept | None:
    """The draft as the next edition; None where neither its rows nor its pages say anything new."""
    found = last.content if last and base == last.database else seal.content_of(base)
    if last and found == last.content and not shelf.brings_pages(draft, draft.parent.parent):
        return None
    seal.copy_database(base, draft)
    return seal.complete(draft, last, found, cause)


def _refresh(lines: list[DayLine], before: Standing, published: Path) -> Standing:
    now = standing.judge(lines, before)
    banner.refresh(published, now, lines)
    index.write(published, now, lines)
    standing.write(published, now)
    return now


def _write_feed(published: Path) -> None:
    """The feed of the editions that are kept."""
    if kept := shelf.kept(published)[-exports.MOST :]:
        with lake.replacing(published / FEED) as file:
            file.write(exports.feed([seal.row(one.facts) for one in kept]))
