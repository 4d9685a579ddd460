"""What an edition is made from: the lake's tables as DuckDB sees them, and which days may go in."""

import json
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.dataset as ds

from troopwatch import quality
from troopwatch.lake import Lake, LakeError
from troopwatch.tables import LAKE, Table

ALWAYS = {"ledger", "tallies", "checks", "verdicts", "waivers"}
"""Tables whose rows go in for closed days too: they say that the day is closed, and how much it held."""
GATES = pa.schema([("day", pa.date32()), ("is_open", pa.bool_()), ("reason", pa.string())])
WITHOUT_HELD = (
    """
    CREATE OR REPLACE VIEW lake.deployments AS
    SELECT arrow_deployments.*
    FROM arrow_deployments
    ANTI JOIN (FROM lake.held WHERE table_name = 'deployments') USING (day, source, record_id)
    """,
    """
    CREATE OR REPLACE VIEW lake.demands AS
    SELECT arrow_demands.* REPLACE (
        CASE WHEN gone.record_id IS NULL THEN deployment_record_id END AS deployment_record_id
    )
    FROM arrow_demands
    ANTI JOIN (FROM lake.held WHERE table_name = 'demands') USING (day, source, record_id)
    LEFT JOIN (FROM lake.held WHERE table_name = 'deployments') AS gone
        ON gone.day = arrow_demands.day AND gone.source = arrow_demands.source
        AND gone.record_id = arrow_demands.deployment_record_id
    """,
    """
    CREATE OR REPLACE VIEW lake.readings AS
    WITH held AS (
        SELECT
            day, source, doc_id, count(*) FILTER (table_name = 'deployments') AS held_deployments,
            count(*) FILTER (table_name = 'demands') AS held_demands
        FROM lake.held
        GROUP BY ALL
    )
    SELECT * EXCLUDE (held_deployments, held_demands) REPLACE (
        deployments - coalesce(held_deployments, 0) AS deployments, demands - coalesce(held_demands, 0) AS demands
    )
    FROM arrow_readings LEFT JOIN held USING (day, source, doc_id)
    """,
)
"""What a gate holds back is in no table of mentions, and is not counted as found."""
Judged = dict[date, dict[str, str]]
"""What may be read: sha256 of the files of every open day, as its gates judged them."""


def attach(connection: duckdb.DuckDBPyConnection, lake: Lake) -> Judged:
    """Make the lake's tables readable as `lake.<name>`, and the gates' verdicts as `lake.gates`.

    Partitions are read only when a query asks for them: whoever has asked calls `verify` with what this returns.
    """
    gates = [(day, *quality.is_open(day, lake)) for day in lake.days(LAKE["ledger"])]
    used = {day: quality.judged(day, lake) for day, is_open, _ in gates if is_open}
    open_days = list(used)
    connection.execute("CREATE SCHEMA lake")
    for name, table in LAKE.items():
        _view(connection, name, _whole(lake, table) if name in ALWAYS else _judged(lake, table, open_days))
    for statement in WITHOUT_HELD:
        connection.execute(statement)
    # The documents once more, read for their signatures first: one reader of both would break over a file replaced in
    # between, and say less about it than `verify`.
    _view(connection, "signed", _judged(lake, LAKE["documents"], open_days))
    columns = [dict(zip(GATES.names, gate, strict=True)) for gate in gates]
    _view(connection, "gates", pa.Table.from_pylist(columns, schema=GATES))
    return used


def verify(used: Judged, lake: Lake) -> None:
    """Raises LakeError where a day was replaced while it was read: rows may then be of bytes that no gate judged."""
    for day, judged in used.items():
        is_open, _ = quality.is_open(day, lake)
        if not is_open or quality.judged(day, lake) != judged:
            raise LakeError(f"{day} changed while it was being aggregated: run the aggregate stage again")


def _whole(lake: Lake, table: Table) -> pa.Table:
    """All partitions, read one by one, so that a damaged one is named. Raises LakeError."""
    return pa.concat_tables([table.schema.empty_table(), *(lake.read(table, day) for day in lake.days(table))])


def _judged(lake: Lake, table: Table, days: list[date]) -> ds.Dataset | pa.Table:
    """The partitions of these days. Through Arrow, so that no path stands in SQL and any file system will do."""
    files = [str(path) for day in days for path in lake.parts(table, day)]
    return ds.dataset(files, schema=table.schema, format="parquet") if files else table.schema.empty_table()


def _view(connection: duckdb.DuckDBPyConnection, name: str, rows: ds.Dataset | pa.Table) -> None:
    connection.register(f"arrow_{name}", rows)
    connection.execute(f"CREATE VIEW lake.{name} AS SELECT * FROM arrow_{name}")


def published_serial(data: Path) -> int:
    """The serial number of what is published; 0 where nothing is. Raises LakeError where its file is damaged."""
    status = data / "published" / "status.json"
    try:
        return int(json.loads(status.read_bytes())["serial"]) if status.exists() else 0
    except (ValueError, KeyError, TypeError) as error:
        raise LakeError(f"{status} is damaged ({error!r}): remove it and publish again") from error
