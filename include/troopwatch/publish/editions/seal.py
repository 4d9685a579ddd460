"""Make an edition: all of it in a hidden folder, which becomes the edition's own by one rename."""

import json
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from troopwatch import sql
from troopwatch.lake import LakeError
from troopwatch.publish import banner, exports, html
from troopwatch.publish.edition import PublishError
from troopwatch.publish.editions import changes, content, fingerprints, listing, page, shelf
from troopwatch.publish.editions.changes import Lines, Totals
from troopwatch.publish.editions.content import Content
from troopwatch.publish.editions.shelf import Kept
from troopwatch.tables import HISTORY, PUBLISHED, SCHEMA_VERSION

DRAFT = ".making"
READ_ONLY = 0o444


@dataclass(frozen=True)
class Cause:
    """Why an edition is made: the run's days and time, and the candidate's number and inputs."""

    days: Sequence[date]
    now: datetime
    serial: int
    inputs: Mapping[str, Any]
    """As stands beside the candidate: `manifests`, and the files that were `unsettled`."""


@contextmanager
def drafted(published: Path) -> Iterator[Path]:
    """An empty hidden folder, in the place of what a killed run left; gone at the end unless it was put in place.

    Raises LakeError where the disk is full or cannot be written to; what is published is then as it was.
    """
    draft = published / shelf.FOLDER / DRAFT
    try:
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(parents=True)
        yield draft
    except (OSError, duckdb.IOException) as error:
        words = getattr(error, "strerror", None) or error
        raise LakeError(f"cannot write {draft}: {words}; what stood there before is intact") from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def copy_database(base: Path, draft: Path) -> Path:
    """The base's DuckDB file in the draft, to be filled."""
    target = draft / shelf.DATABASE
    with base.open("rb") as source, target.open("wb") as file:
        shutil.copyfileobj(source, file, 1 << 20)
    return target


def content_of(database: Path) -> Content:
    """Raises PublishError."""
    try:
        with duckdb.connect() as connection:
            _attach(connection, database, "edition", "READ_ONLY")
            return content.of(connection, "edition")
    except duckdb.Error as error:
        raise PublishError(f"{database} cannot be read ({error}): run the aggregate stage again") from error


def complete(draft: Path, last: Kept | None, found: Content, cause: Cause) -> Kept:
    """Fill the draft, whose DuckDB file and reports are there, and put it in place as the next edition."""
    number = last.number + 1 if last else 1
    facts = _facts(number, found, cause)
    told, lines = _fill(draft / shelf.DATABASE, last, found, facts)
    facts |= told
    facts["reports"] = sorted(day.isoformat() for day in shelf.Kept(number, draft).reports)
    facts["downloads"] = exports.make(draft / shelf.DATABASE, draft, row(facts))
    listing.write_csv(draft / "changes.csv", lines)
    page.write(draft, facts, lines)
    _mark_reports(shelf.Kept(number, draft), cause.now)
    _write_json(draft / shelf.FACTS, facts)
    exports.write_sums(draft)
    _close(draft)
    target = shelf.folder(draft.parent.parent, number)
    draft.rename(target)
    _sync(target.parent)
    return Kept(number, target)


def _mark_reports(one: Kept, made_at: datetime) -> None:
    """Have every page say of which edition it is."""
    for path in one.folder.glob("reports/*/*.html"):
        words = html.render("sealed.html", edition=one.number, made_at=made_at, day=path.parent.name)
        path.write_bytes(banner.with_banner(path.read_bytes(), words.encode()))


def _facts(number: int, found: Content, cause: Cause) -> dict[str, Any]:
    manifests = cause.inputs.get("manifests", {})
    return {
        "edition": number,
        "made_at": cause.now.isoformat(),
        "days": [day.isoformat() for day in sorted(cause.days)],
        "serial": cause.serial,
        "schema_version": SCHEMA_VERSION,
        "codebook_version": fingerprints.codebook_version(),
        "code": fingerprints.code(),
        "codebook": fingerprints.codebook(),
        "inputs": sha256(json.dumps(manifests, sort_keys=True).encode()).hexdigest(),
        "manifests": manifests,
        "unsettled": cause.inputs.get("unsettled", []),
        "content": found.digest,
        "rows": found.rows,
    }


def _fill(database: Path, last: Kept | None, found: Content, facts: Mapping[str, Any]) -> tuple[dict[str, Any], Lines]:
    """Write `editions` and `changes` into the file; what they say of this edition, and its lines of changes."""
    with duckdb.connect() as connection:
        _attach(connection, database, "edition")
        if last:
            _attach(connection, last.database, "before", "READ_ONLY")
        _carry(connection, "TRUE" if last else None)
        totals, reason = changes.record(connection, facts["edition"], last.content if last else None, found)
        told = _told(found, totals, reason)
        _insert(connection, "editions", row({**facts, **told}))
        lines = changes.lines(connection, facts["edition"])
        connection.execute("DETACH edition")
    return told, lines


def copy_history(last: Kept | None, number: int, database: Path) -> None:
    """Fill `editions` and `changes` of a file as the edition of that number had them, from those of a later one."""
    with duckdb.connect() as connection:
        _attach(connection, database, "edition")
        if last:
            _attach(connection, last.database, "before", "READ_ONLY")
        _carry(connection, f"edition <= {number}" if last else None)
        connection.execute("DETACH edition")


def _carry(connection: duckdb.DuckDBPyConnection, which: str | None) -> None:
    """Put the history of the attached `before` into `edition`; none where there is none."""
    for name in HISTORY:
        columns = ", ".join(f'"{column}"' for column in PUBLISHED[name].names)
        connection.execute(f"TRUNCATE edition.{name}")
        if which:
            rows = f"SELECT {columns} FROM before.{name} WHERE {which} ORDER BY ALL"  # noqa: S608 - names of our own tables
            connection.execute(f"INSERT INTO edition.{name} BY NAME {rows}")


def _told(found: Content, totals: Totals, reason: str) -> dict[str, Any]:
    sums = {what: sum(total[what] for total in totals.values()) for what in ("added", "changed", "removed")}
    return {"reason": reason, **sums, "tables": {name: one | totals[name] for name, one in found.json().items()}}


def row(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The row of `editions`."""
    typed = {
        "made_at": datetime.fromisoformat(facts["made_at"]),
        "days": [date.fromisoformat(day) for day in facts["days"]],
    }
    return {name: typed.get(name, facts[name]) for name in PUBLISHED["editions"].names}


def _insert(connection: duckdb.DuckDBPyConnection, table: str, row: Mapping[str, Any]) -> None:
    connection.register("made", pa.Table.from_pylist([row], schema=PUBLISHED[table].schema))
    connection.execute(f"INSERT INTO edition.{table} BY NAME FROM made")
    connection.unregister("made")


def _attach(connection: duckdb.DuckDBPyConnection, path: Path, name: str, how: str = "READ_WRITE") -> None:
    connection.execute("SET TimeZone = 'UTC'")
    sql.attach(connection, path, name, how)


def _write_json(path: Path, facts: Mapping[str, Any]) -> None:
    path.write_text(json.dumps(facts, indent=2, sort_keys=True) + "\n", encoding="utf-8")


def _close(folder: Path) -> None:
    """Have all of it on the disk; no file is written to from here on."""
    for path in [*sorted(folder.rglob("*"), key=Path.is_dir), folder]:  # files before the folders that name them
        if path.is_file():
            path.chmod(READ_ONLY)
        _sync(path)


def _sync(path: Path) -> None:
    """Have it on the disk, not in a cache: the rename must not be there before what it names."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
