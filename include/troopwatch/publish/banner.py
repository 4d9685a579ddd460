"""The marked region of a report that says since when it is stale: all that ever changes in a page that is up."""

from pathlib import Path

from troopwatch import lake
from troopwatch.publish import html
from troopwatch.publish.edition import PublishError
from troopwatch.publish.standing import Standing, reports

BEGIN, END = b"<!-- standing: begin -->", b"<!-- standing: end -->"
HEAD = 1 << 16
"""The region stands in the first bytes of a page, so that a history of thousands of reports need not be read."""


def refresh(published: Path, standing: Standing) -> None:
    """Set the banner of the latest report, and clear it from every other."""
    for day, path in sorted(reports(published).items()):
        _set(path, _banner(standing) if day == standing.latest else b"")


def _banner(standing: Standing) -> bytes:
    return html.render("banner.html", standing=standing).encode() if standing.stale_since else b""


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
