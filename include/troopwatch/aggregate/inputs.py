"""What an edition is made from: the lake's tables as DuckDB sees them, and which days may go in."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa

from troopwatch import quality
from troopwatch.aggregate import held, state
from troopwatch.lake import Lake, LakeError
from troopwatch.tables import LAKE, Table

ALWAYS = {"ledger", "tallies", "checks", "verdicts", "waivers"}
"""Tables whose rows go in for closed days too: they say that the day is closed, and how much it held."""
GATES = pa.schema([("day", pa.date32()), ("is_open", pa.bool_()), ("reason", pa.string())])
Judged = dict[date, dict[str, str]]
"""What may be read: sha256 of the files of every open day, as its gates judged them."""


def attach(connection: duckdb.DuckDBPyConnection, lake: Lake, days: Sequence[date]) -> Judged:
    """Make these days of the lake's tables readable as `lake.<name>`, and the gates' verdicts as `lake.gates`.

    Whoever has read calls `verify` with what this returns. Raises LakeError for a damaged partition.
    """
    gates = [(day, *quality.is_open(day, lake)) for day in days]
    used = {day: quality.judged(day, lake) for day, is_open, _ in gates if is_open}
    state.attach(connection, lake, {name: _files(lake, table, days, used) for name, table in LAKE.items()})
    connection.execute("CREATE SCHEMA lake")
    for name, table in LAKE.items():
        connection.execute(f"CREATE VIEW lake.{name} AS SELECT {state.columns(table)} FROM state.{name}")
    for statement in held.WITHOUT_HELD:
        connection.execute(statement)
    columns = [dict(zip(GATES.names, gate, strict=True)) for gate in gates]
    connection.register("arrow_gates", pa.Table.from_pylist(columns, schema=GATES))
    connection.execute("CREATE VIEW lake.gates AS SELECT * FROM arrow_gates")
    return used


def verify(used: Judged, lake: Lake, listed: Mapping[str, str]) -> None:
    """Raises LakeError where a day was replaced or judged while it was read.

    Its rows may then be of bytes that no gate judged, or that are not among the `listed` digests of the files that the
    edition is made anew from.
    """
    for day, judged in used.items():
        is_open, _ = quality.is_open(day, lake)
        verdicts = {lake.relative(path): quality.digest(lake, path) for path in lake.parts(LAKE["verdicts"], day)}
        are_listed = (judged | verdicts).items() <= listed.items()
        if not (is_open and are_listed and quality.judged(day, lake) == judged):
            raise LakeError(f"{day} changed while it was being aggregated: run the aggregate stage again")


def _files(lake: Lake, table: Table, days: Sequence[date], used: Judged) -> state.Files:
    """The partition files of a table that go in, with their digests."""
    if table.name in ALWAYS:
        paths = [path for day in days for path in lake.parts(table, day)]
        return {lake.relative(path): quality.digest(lake, path) for path in paths}
    folder = f"{table.stage}/{table.name}/"
    return {file: sha256 for judged in used.values() for file, sha256 in judged.items() if file.startswith(folder)}


def published_serial(data: Path) -> int:
    """The serial number of what is published; 0 where nothing is. Raises LakeError where its file is damaged."""
    status = data / "published" / "status.json"
    try:
        return int(json.loads(status.read_bytes())["serial"]) if status.exists() else 0
    except (ValueError, KeyError, TypeError) as error:
        raise LakeError(f"{status} is damaged ({error!r}): remove it and publish again") from error
