"""An edition made anew from its stored inputs, and whether it comes out the same."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from troopwatch import aggregate, lake, stored
from troopwatch.errors import HopelessError
from troopwatch.lake import LakeError
from troopwatch.publish import exports
from troopwatch.publish.editions import fingerprints, seal, shelf
from troopwatch.publish.editions.shelf import Kept
from troopwatch.settings import Settings

BY_ITSELF = {shelf.DATABASE, shelf.FACTS, "changes.csv", "index.html", "reports"}
"""What is not compared: the file's bytes hold an identifier that DuckDB draws, the rest tells of the making."""


class RebuildError(HopelessError):
    """An edition that does not come out as it was; the message says in what, and why that may be."""


@dataclass(frozen=True)
class Rebuilt:
    """The digest of the rows, which is that of the edition, and how many downloads came out byte by byte the same."""

    content: str
    downloads: int


def run(number: int, settings: Settings) -> Rebuilt:
    """Make an edition anew in a folder of its own, which is gone afterwards, and compare.

    Raises RebuildError where inputs are gone or anything came out otherwise, PublishError for an unknown number.
    """
    edition = shelf.of(settings.published, number)
    with tempfile.TemporaryDirectory(dir=settings.data / "aggregate", prefix=".rebuild-") as scratch:
        candidate = _aggregated(edition, Path(scratch), settings)
        found = seal.content_of(candidate)
        if found != edition.content:
            other = [name for name, one in edition.content.tables.items() if found.tables.get(name) != one]
            raise RebuildError(_complaint(edition, f"other rows in {', '.join(other)}"))
        same = _compared(edition, candidate, settings)
    return Rebuilt(found.digest, same)


def _aggregated(edition: Kept, scratch: Path, settings: Settings) -> Path:
    """A candidate made from the edition's inputs. Raises RebuildError."""
    try:
        inputs = stored.files(settings.data, edition.facts["manifests"])
    except LakeError as error:
        raise RebuildError(f"edition {edition.number} cannot be made anew: {error}") from error
    if not inputs:
        raise RebuildError(f"edition {edition.number} cannot be made anew: nobody has kept its inputs")
    if gone := stored.lay_out(settings.data, inputs, scratch):
        raise RebuildError(
            f"edition {edition.number} cannot be made anew: {len(gone)} inputs are gone, {gone[0]} first"
        )
    there = {"data": scratch} | {name: scratch / stored.SPECS / name for name in stored.FOLDERS}
    return aggregate.run(settings.model_copy(update=there)).path


def _compared(edition: Kept, candidate: Path, settings: Settings) -> int:
    """How many downloads are the same. Raises RebuildError for one that is not."""
    folder = candidate.parent / "downloads"
    folder.mkdir()
    database = seal.copy_database(candidate, folder)
    seal.copy_history(shelf.newest(settings.published), edition.number, database)
    exports.make(database, folder, seal.row(edition.facts))
    wanted = dict(_sums(edition))
    made = {name: lake.fingerprint(folder / name) for name in wanted if (folder / name).exists()}
    if other := sorted(name for name, digest in wanted.items() if made.get(name) != digest):
        raise RebuildError(_complaint(edition, f"other bytes in {', '.join(other)}"))
    return len(wanted)


def _sums(edition: Kept) -> Iterator[tuple[str, str]]:
    """Names and digests of the downloads that were made from the rows."""
    for line in (edition.folder / exports.SUMS).read_text(encoding="utf-8").splitlines():
        digest, _, name = line.partition("  ")
        if name.split("/")[0] not in BY_ITSELF:
            yield name, digest


def _complaint(edition: Kept, what: str) -> str:
    """What came out otherwise, and what was not the same when it was made."""
    now = {"code": fingerprints.code(), "codebook": fingerprints.codebook()}
    others = [
        f"its {name} was another ({edition.facts[name][:12]})" for name in now if now[name] != edition.facts[name]
    ]
    others += [f"{name} was changed while it was made" for name in edition.facts["unsettled"]]
    return f"edition {edition.number} came out otherwise, {what}: {'; '.join(others) or 'nobody knows why'}"
