"""Which candidate goes up where a run publishes without having made one."""

from datetime import date
from pathlib import Path

from troopwatch import quality
from troopwatch.publish import standing, swap
from troopwatch.publish.edition import PublishError, opened
from troopwatch.settings import Settings


def newest(day: date, settings: Settings) -> Path:
    """The newest candidate that was let through, or else the one that is published, which may be gone by now.

    Raises PublishError where there is neither, and where the day is not in it.
    """
    published, serial = settings.published / swap.FILE, standing.read(settings.published).serial
    found = sorted(settings.data.glob("aggregate/edition-*.duckdb"), reverse=True)
    judged = next((path for path in found if swap.serial_of(path) >= serial and quality.has_passed(path)), None)
    if judged is None and not published.exists():
        raise PublishError(f"{day} cannot be published, for no edition was made yet: begin with aggregate")
    with opened(judged or published) as edition:
        outcomes = {row["outcome"] for row in edition.coverage(day)}
    if not outcomes or "closed" in outcomes:
        raise PublishError(f"{day} is not in {judged or published}: begin with aggregate")
    return judged or settings.data / "aggregate" / f"edition-{serial:06d}.duckdb"
