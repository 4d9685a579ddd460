"""Build a candidate for the published file from the days whose gate is open."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa

from troopwatch import settings as locations
from troopwatch import sql
from troopwatch.aggregate import ddl, inputs, kept, reference, syndication
from troopwatch.lake import Lake, LakeError
from troopwatch.settings import Settings
from troopwatch.tables import LAKE, PUBLISHED, SCHEMA_VERSION
from troopwatch.tables.aggregate import LONGEST_QUOTE

STORAGE = "v1.2.0"
"""DuckDB's storage version: a file of it opens in 1.4, 1.5 and 2.0."""

HOW = f"STORAGE_VERSION {sql.quoted(STORAGE)}, RECOVERY_MODE no_wal_writes"
"""A draft that was not ended is thrown away, so that no log is needed to mend it."""

VARIABLES = {"schema_version": SCHEMA_VERSION, "longest_quote": LONGEST_QUOTE, "strict_days": 7, "loose_days": 28}
"""What the SQL files ask for; the days are those between two claims of one episode at most."""


@dataclass(frozen=True)
class Edition:
    """A candidate for the published file: `rows` counts its tables' rows, `days` those that are in it.

    `left_out` has the days that are not, by the reason.
    """

    path: Path
    rows: Mapping[str, int]
    days: int
    left_out: Mapping[str, int]

    @property
    def counts(self) -> dict[str, int]:
        reasons = {f"left out: {reason}": n for reason, n in self.left_out.items()}
        return {"days": self.days, "days_left_out": sum(self.left_out.values())} | reasons | dict(self.rows)


def run(settings: Settings) -> Edition:
    """Build the next candidate, <data>/aggregate/edition-000123.duckdb, from the lake as it is now.

    What a partition may hold is decided by the verdict on exactly its bytes: a day that is being written, damaged or
    refused is in `coverage` and nowhere else. Raises LakeError where a file cannot be read or written, and where a day
    was replaced meanwhile.
    """
    lake = Lake(settings.data)
    with lake.lock("aggregate"):
        path = _next(settings.data)
        draft = path.with_suffix(".draft")
        for leftover in draft.parent.glob("*.draft*"):
            leftover.unlink()
        try:
            # Asked once: a day that another run begins meanwhile would be half in, with a ledger and no verdict.
            days = lake.days(LAKE["ledger"])
            files = kept.found(lake, settings, days)
            before = kept.digests(files, lake)
            rows, used, left_out = _build(draft, lake, settings.sources, days)
            inputs.verify(used, lake, before)
            kept.keep(files, before, path, settings.data)
            draft.replace(path)
        except (duckdb.Error, pa.ArrowException, OSError) as error:
            raise LakeError(f"cannot write {draft}: {error}; what is published is intact") from error
    return Edition(path, rows, len(used), left_out)


def _next(data: Path) -> Path:
    """The next candidate's path: its serial number grows with every build, and outlives the candidates themselves."""
    folder = data / "aggregate"
    folder.mkdir(parents=True, exist_ok=True)
    last = max((int(re.sub(r"\D", "", p.stem)) for p in folder.glob("edition-*.duckdb")), default=0)
    return folder / f"edition-{max(last, inputs.published_serial(data)) + 1:06d}.duckdb"


LEFT_OUT = "SELECT reason, count(*) FROM lake.gates WHERE NOT is_open GROUP BY reason ORDER BY reason"


Built = tuple[dict[str, int], inputs.Judged, dict[str, int]]
"""Rows by table, the days that went in with what their gates judged, and how many did not by the reason."""


def _build(path: Path, lake: Lake, specs: Path, days: Sequence[date]) -> Built:
    """Write the file of a candidate."""
    with duckdb.connect() as connection:
        prepare(connection)
        used = inputs.attach(connection, lake, days)
        syndication.attach(connection)
        reference.attach(connection, specs)
        for prepared in ("spots", "quotes"):
            connection.execute(select(f"before/{prepared}"))
        sql.attach(connection, path, "edition", HOW)
        for name in PUBLISHED:
            create(connection, name)
            fill(connection, name)
        counts = {name: count(connection, name) for name in PUBLISHED}
        connection.execute("DETACH edition")
        left_out = dict(connection.execute(LEFT_OUT).fetchall())
    return counts, used, left_out


def prepare(connection: duckdb.DuckDBPyConnection) -> None:
    """What the tables' SQL stands on: the day of UTC, its variables, its macros."""
    connection.execute("SET TimeZone = 'UTC'")
    for name, value in VARIABLES.items():
        connection.execute(f"SET VARIABLE {name} = ?", [value])
    connection.execute(select("before/macros"))


def select(name: str) -> str:
    """The SQL of a published table, or of what is prepared before them."""
    return (locations.SQL / f"{name}.sql").read_text(encoding="utf-8")


def create(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """Create one published table or view in `edition`."""
    table = PUBLISHED[name]
    for statement in ddl.create_view(table, select(name)) if table.is_view else ddl.create(table):
        connection.execute(statement)


def fill(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """Fill one table by the SQL file of its name, in the order of its key; a view has nothing to fill."""
    table = PUBLISHED[name]
    if not table.is_view:
        ordered = f"SELECT * FROM ({select(name)}) ORDER BY {', '.join(table.key)}"
        connection.execute(f"INSERT INTO edition.{name} BY NAME {ordered}")


def count(connection: duckdb.DuckDBPyConnection, name: str) -> int:
    """Rows of a table or view of `edition`."""
    (found,) = connection.execute(f"SELECT count(*) FROM edition.{name}").fetchone() or (0,)
    return int(found)
