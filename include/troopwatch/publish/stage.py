"""The publish stage: swap, render, say where we stand; and the standing alone, for a day whose gate closed."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

from troopwatch import lake, quality, sources
from troopwatch.lake import Lake
from troopwatch.publish import banner, contents, index, quality_page, report, standing, swap
from troopwatch.publish.edition import PublishError, opened
from troopwatch.publish.standing import DayLine, Standing
from troopwatch.settings import Settings


def run(days: Iterable[date], edition: Path, settings: Settings) -> dict[str, int]:
    """Publish a judged candidate, <data>/aggregate/edition-000123.duckdb, and the reports of these days.

    Reports of other open days that the new file contradicts are made anew. A candidate of a slower run never replaces
    a newer one: the published file then holds its days already. Returns counts over the reports written. Raises
    PublishError for a day that is not open and for a candidate that is gone, damaged or not let through, and LakeError
    where the folder cannot be written to; what was up before then stays up.
    """
    store, published, wanted = Lake(settings.data), settings.published, set(days)
    with store.lock("publish"):
        lines = standing.day_lines(store, published)
        _check_open(wanted, lines)
        swapped = _take_over(edition, published)
        written = _write_reports(wanted, lines, settings)
        quality_page.write(written, settings)
        _refresh([replace(line, has_report=line.has_report or line.day in written) for line in lines], published)
        # Last, and the mark after it: a run that is killed before finds both again.
        edition.unlink(missing_ok=True)
        quality.mark_of(edition).unlink(missing_ok=True)
    return {"files_swapped": int(swapped), "reports": len(written), "report_bytes": sum(written.values())}


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
        return _refresh(standing.day_lines(store, settings.published), settings.published)


def _check_open(wanted: set[date], lines: Iterable[DayLine]) -> None:
    """Raises PublishError for a day that was never run, or whose gate is not open."""
    gates = {line.day: line for line in lines}
    for day in sorted(wanted):
        if day not in gates:
            raise PublishError(f"{day} cannot be published: it was never run")
        if gates[day].gate != "open":
            raise PublishError(f"{day} cannot be published, for its gate is not open: {gates[day].reason}")


def _take_over(candidate: Path, published: Path) -> bool:
    before = standing.read(published)
    is_newer = swap.is_newer(candidate, published, before.serial)
    if candidate.exists() and not quality.has_passed(candidate):
        raise PublishError(f"{candidate} was not let through by the edition gate: run the aggregate stage again")
    if not is_newer:
        return False
    swap.swap(candidate, published)
    # At once, so that a report that cannot be rendered does not leave a newer file under an older number.
    standing.write(published, replace(before, serial=swap.serial_of(candidate)))
    return True


def _write_reports(days: set[date], lines: Iterable[DayLine], settings: Settings) -> dict[date, int]:
    """Write the reports of these days, and of open days whose report says something else than the published file.

    Returns their sizes in bytes.
    """
    titles = {name: source.title for name, source in sources.load(settings.sources).items()}
    is_open = {line.day for line in lines if line.gate == "open"}
    sizes = {}
    with opened(settings.published / swap.FILE) as edition:
        prints = contents.fingerprints(edition)
        stale = contents.outdated(standing.reports(settings.published), prints) & is_open
        for day in sorted(days | stale):
            made = report.make(edition, day, titles, prints.get(day, ""))
            with lake.replacing(standing.report_path(settings.published, day)) as file:
                file.write(made.page)
            sizes[day] = len(made.page)
    return sizes


def _refresh(lines: list[DayLine], published: Path) -> Standing:
    now = standing.judge(lines, standing.read(published).serial)
    banner.refresh(published, now, lines)
    index.write(published, now, lines)
    standing.write(published, now)
    return now
