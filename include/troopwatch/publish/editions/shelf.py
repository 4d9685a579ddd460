"""The editions that are kept, and the newest of them put up where readers look."""

import json
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from troopwatch import lake
from troopwatch.publish import banner, edition, standing
from troopwatch.publish.edition import PublishError
from troopwatch.publish.editions import content
from troopwatch.publish.editions.content import Content

FOLDER = "editions"
DATABASE = "troopwatch.duckdb"
FACTS = "edition.json"
FOR_EVER = (FACTS, "index.html", "changes.csv", "SHA256SUMS", "reports")
"""What stays of an edition when its downloads are removed."""
_NAME = re.compile(r"\d{6,}")


@dataclass(frozen=True)
class Kept:
    """A kept edition."""

    number: int
    folder: Path

    @cached_property
    def facts(self) -> Mapping[str, Any]:
        """What its edition.json says. Raises PublishError where that is gone or damaged."""
        path = self.folder / FACTS
        try:
            found: Mapping[str, Any] = json.loads(path.read_bytes())
        except (OSError, ValueError) as error:
            raise PublishError(f"{path} cannot be read ({error}): bring it back from a backup") from error
        return found

    @property
    def made_at(self) -> datetime:
        return datetime.fromisoformat(self.facts["made_at"])

    @property
    def serial(self) -> int:
        """Number of the candidate that it was made from."""
        return int(self.facts["serial"])

    @property
    def content(self) -> Content:
        return content.said(self.facts["tables"])

    @property
    def database(self) -> Path:
        """Its DuckDB file. Raises PublishError where it is gone."""
        path = self.folder / DATABASE
        if not path.exists():
            raise PublishError(f"{path} is gone: bring it back from a backup, or make it anew with rebuild")
        return path

    @property
    def has_downloads(self) -> bool:
        return (self.folder / DATABASE).exists()

    @property
    def reports(self) -> dict[date, Path]:
        """The reports that went up with it."""
        return standing.reports(self.folder)


def folder(published: Path, number: int) -> Path:
    return published / FOLDER / f"{number:06d}"


def kept(published: Path) -> list[Kept]:
    """All editions, the oldest first."""
    found = (path for path in published.glob(f"{FOLDER}/*") if _NAME.fullmatch(path.name))
    return sorted((Kept(int(path.name), path) for path in found), key=lambda one: one.number)


def newest(published: Path) -> Kept | None:
    return next(reversed(kept(published)), None)


def of(published: Path, number: int) -> Kept:
    """The edition of that number. Raises PublishError where none is kept."""
    found = Kept(number, folder(published, number))
    if not found.folder.is_dir():
        raise PublishError(f"no edition {number} is kept in {published / FOLDER}")
    return found


def remove_downloads(one: Kept) -> None:
    """Remove what can be made anew; the DuckDB file last, so that one that is killed is found again."""
    spare = [path for path in one.folder.iterdir() if path.name not in {*FOR_EVER, DATABASE}]
    for path in spare:
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    (one.folder / DATABASE).unlink(missing_ok=True)


def put_up(published: Path) -> bool:
    """Put what the newest edition brought where readers look; whether anything of it was not there yet.

    A publishing that was killed is ended in this way by the next. Raises PublishError, LakeError.
    """
    one = newest(published)
    if one is None:
        return False
    is_late = _number_up(published) != one.number
    if is_late:
        _put_file(one, published)
    late = _late(one.folder, published)
    for path, target in late:
        with lake.replacing(target) as file:
            file.write(banner.bare(path.read_bytes()))
    return is_late or bool(late)


def brings_pages(folder: Path, published: Path) -> bool:
    """Whether the reports in a folder say anything that those that are up do not, their marked regions left aside."""
    return bool(_late(folder, published))


def _late(folder: Path, published: Path) -> list[tuple[Path, Path]]:
    pages = sorted(folder.glob("reports/*/*.html"))
    pairs = ((page, published / page.relative_to(folder)) for page in pages)
    return [(page, up) for page, up in pairs if _differs(page, up)]


def _number_up(published: Path) -> int | None:
    """The number of the edition whose DuckDB file is up; None where that is missing, damaged or of none."""
    if not (published / DATABASE).exists():
        return None
    try:
        with edition.opened(published / DATABASE) as up:
            ((number,),) = (row.values() for row in up.rows("SELECT max(edition) FROM editions"))
            return int(number) if number else None
    except PublishError:
        return None


def _put_file(one: Kept, published: Path) -> None:
    """Replace the published file; who has the old one open goes on reading it."""
    target = published / DATABASE
    with one.database.open("rb") as source, lake.replacing(target) as file:
        shutil.copyfileobj(source, file, 1 << 20)
        # Left by someone who opened the old file to write in it; DuckDB would apply it to the new one.
        target.with_name(f"{DATABASE}.wal").unlink(missing_ok=True)


def _differs(page: Path, up: Path) -> bool:
    """Whether the page that is up says something else, its marked region left aside."""
    return not up.exists() or banner.bare(up.read_bytes()) != banner.bare(page.read_bytes())
