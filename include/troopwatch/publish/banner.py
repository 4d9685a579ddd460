"""The marked region of a report that says where it stands: stale, outdated, or withdrawn. All else in a page stays."""

from collections.abc import Iterable
from pathlib import Path

from troopwatch import lake
from troopwatch.publish import html
from troopwatch.publish.edition import PublishError
from troopwatch.publish.standing import DayLine, Standing, reports

BEGIN, END = b"<!-- standing: begin -->", b"<!-- standing: end -->"
HEAD = 1 << 16
"""The region stands in the first bytes of a page, so that a history of thousands of reports need not be read."""


def refresh(published: Path, standing: Standing, lines: Iterable[DayLine]) -> None:
    """Set the banner of the latest report, of outdated ones and of withdrawn ones, and clear it from every other."""
    closed = {line.day: line.reason for line in lines if line.gate == "closed"}
    for day, path in sorted(reports(published).items()):
        if day in closed:
            banner = html.render("withdrawn.html", reason=closed[day])
        elif day in standing.outdated:
            banner = html.render("outdated.html")
        elif day == standing.latest and standing.stale_since:
            banner = html.render("banner.html", standing=standing)
        else:
            banner = ""
        _set(path, banner.encode())


def _set(path: Path, banner: bytes) -> None:
    with path.open("rb") as file:
        head = file.read(HEAD)
        if not (BEGIN in head and END in head):
            raise PublishError(f"{path} has no region for its standing: remove it and publish its day again")
        before, _, rest = head.partition(BEGIN)
        old, _, after = rest.partition(END)
        if old == banner:
            return
        after += file.read()
    with lake.replacing(path) as file:
        file.write(before + BEGIN + banner + END + after)


def bare(page: bytes) -> bytes:
    """A page with nothing in its region; one that has no region as it is."""
    return with_banner(page, b"")


def with_banner(page: bytes, banner: bytes) -> bytes:
    """A page with this in its region; one that has no region as it is."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    return before + begin + banner + end + after if end else page
