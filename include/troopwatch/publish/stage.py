"""The publish stage: swap, render, say where we stand; and the standing alone, for a day whose gate closed."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from troopwatch import lake, sources
from troopwatch.lake import Lake
from troopwatch.publish import banner, index, report, standing, swap
from troopwatch.publish.edition import Edition, Row, opened
from troopwatch.publish.report import Report
from troopwatch.publish.standing import Standing
from troopwatch.settings import Settings
from troopwatch.tables import LAKE


def run(day: date, edition: Path, settings: Settings) -> dict[str, int]:
    """Publish a judged candidate, <data>/aggregate/edition-000123.duckdb, and the report of the day it was made for.

    A candidate of a slower run never replaces a newer one: the published file then holds this day already. Returns
    what to say of it: serial (of what is published now), swapped (1 or 0), deployments, demands, disputed (rows on
    the day's report), report_bytes, candidates_removed. Raises PublishError for a candidate that is gone or damaged
    and LakeError where the folder cannot be written to; what was up before then stays up.
    """
    store, published = Lake(settings.data), settings.published
    with store.lock("publish"):
        swapped = _take_over(edition, published)
        made = _render(day, store, settings)
        with lake.replacing(standing.report_path(published, day)) as file:
            file.write(made.page)
        now = _refresh(store, published)
        removed = swap.remove_candidates(edition.parent, now.serial)
    counts = {"serial": now.serial, "swapped": int(swapped), **made.counts}
    return counts | {"report_bytes": len(made.page), "candidates_removed": removed}


def refresh_standing(settings: Settings) -> Standing:
    """Say anew which day is the latest good one and since when it is stale: after a publish, and after a gate closed.

    Writes published/index.html, published/status.json and the banner of the latest report. Raises LakeError where
    the folder cannot be written to.
    """
    store = Lake(settings.data)
    with store.lock("publish"):
        return _refresh(store, settings.published)


def _take_over(candidate: Path, published: Path) -> bool:
    before = standing.read(published)
    if not swap.is_newer(candidate, published, before.serial):
        return False
    swap.swap(candidate, published)
    # At once, so that a report that cannot be rendered does not leave a newer file under an older number.
    standing.write(published, replace(before, serial=swap.serial_of(candidate)))
    return True


def _render(day: date, store: Lake, settings: Settings) -> Report:
    titles = {name: source.title for name, source in sources.load(settings.sources).items()}
    with opened(settings.published / swap.FILE) as edition:
        return report.make(edition, day, _checks(edition, day, store), titles)


def _checks(edition: Edition, day: date, store: Lake) -> list[Row]:
    """The day's checks: those of the edition itself were made on the finished file, so they stand in the lake alone."""
    before = [check for check in edition.checks(day) if check["gate"] != "edition"]
    return before + [check for check in store.rows(LAKE["checks"], day) if check["gate"] == "edition"]


def _refresh(store: Lake, published: Path) -> Standing:
    lines = standing.day_lines(store, published)
    now = standing.judge(lines, standing.read(published).serial)
    banner.refresh(published, now)
    index.write(published, now, lines)
    standing.write(published, now)
    return now
