"""A source's days in figures, and the bounds that its own past gives them: DuckDB counts, nothing is carried on."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import date
from importlib import import_module
from typing import Any

import duckdb
import pyarrow as pa

from troopwatch.lake import Lake
from troopwatch.quality.facts import LAKE_COLUMNS, VIEWS
from troopwatch.quality.measures import FEWEST_DAYS, MEASURES, SPAN, Measure
from troopwatch.quality.model import Row
from troopwatch.tables import LAKE

NORMAL = 1.4826
"""Standard deviations of a normal distribution in one of its MADs."""
CHANCE = 4
"""Standard deviations by which a share of few rows may differ from the usual one by chance alone."""

BOUNDED = f"""
    WITH told AS (
        SELECT figures.*, specs.* EXCLUDE (measure), isodow(day) > 5 AS is_weekend
        FROM figures JOIN specs USING (measure)
        WHERE rows >= fewest AND isfinite(value)
    ),
    compared AS (
        SELECT
            now.*, count(past.value) AS days, median(past.value) AS middle, mad(past.value) AS spread
        FROM told AS now
        LEFT JOIN told AS past
            ON past.source = now.source AND past.measure = now.measure
            AND past.day BETWEEN now.day - {SPAN} AND now.day - 1
            AND (NOT now.by_weekday OR past.is_weekend = now.is_weekend)
        WHERE now.day IN (SELECT unnest(?))
        GROUP BY ALL
    ),
    spread_out AS (
        SELECT *, greatest(
            sigmas * {NORMAL} * spread,
            floor,
            CASE scale
                WHEN 'amount' THEN (factor - 1) * middle
                WHEN 'share' THEN if(sigmas > 0, {CHANCE} * sqrt(middle * (1 - middle) / rows), 0)
            END
        ) AS width
        FROM compared
    )
    SELECT
        day, source, measure, value, rows, days, middle AS median, spread AS mad,
        CASE
            WHEN days < {FEWEST_DAYS} OR NOT low OR most IS NOT NULL THEN NULL
            WHEN scale = 'amount' THEN least(middle * middle / nullif(middle + width, 0), middle - floor)
            ELSE middle - width
        END AS low,
        CASE
            WHEN most IS NOT NULL THEN most
            WHEN days < {FEWEST_DAYS} OR NOT high THEN NULL
            ELSE middle + width
        END AS high
    FROM spread_out
    ORDER BY ALL
"""  # noqa: S608 - numbers of our own
"""Figures of some days with their bounds; those that stand on too few rows say nothing, of any day."""


def of_days(lake: Lake, open_days: Collection[date], wanted: Collection[date]) -> dict[date, list[Row]]:
    """Rows of `measures` by day, for the days that are `wanted`, from the open days of the lake.

    A day is held against those of its last `SPAN` days that are open: whatever lies further back than `REACH`, and
    whatever comes after it, changes nothing. Raises `duckdb.Error` and `pyarrow.ArrowException` where a partition
    cannot be read.
    """
    found: dict[date, list[Row]] = {day: [] for day in wanted}
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute("SET VARIABLE span = ?", [SPAN])
        for name, columns in LAKE_COLUMNS.items():
            connection.register(f"arrow_{name}", _rows(lake, name, open_days))
            connection.execute(f"CREATE TABLE {name} AS SELECT {columns} FROM arrow_{name}")  # noqa: S608 - our names
        for name, sql in VIEWS.items():
            connection.execute(f"CREATE TABLE {name} AS {sql}")
        connection.register("specs", pa.Table.from_pylist([_spec(m) for m in MEASURES.values()], schema=SPECS))
        connection.execute(f"CREATE TABLE figures AS {' UNION ALL '.join(map(_figures, MEASURES.values()))}")
        for row in connection.sql(BOUNDED, params=[sorted(wanted)]).to_arrow_table().to_pylist():
            found[row["day"]].append(row)
    return found


SPECS = pa.schema(
    [
        *((name, pa.string()) for name in ("measure", "scale")),
        *((name, pa.int64()) for name in ("fewest",)),
        *((name, pa.float64()) for name in ("floor", "factor", "sigmas", "most")),
        *((name, pa.bool_()) for name in ("low", "high", "by_weekday")),
    ]
)


def _spec(measure: Measure) -> Row:
    return {"measure": measure.name} | {name: value for name, value in asdict(measure).items() if name in SPECS.names}


def _figures(measure: Measure) -> str:
    return f"""
        SELECT
            day, source, '{measure.name}' AS measure,
            ({measure.sql})::DOUBLE AS value, ({measure.rows})::BIGINT AS rows
        FROM {measure.of}
        GROUP BY day, source
    """  # noqa: S608 - measures are our own


def _rows(lake: Lake, name: str, days: Collection[date]) -> Any:
    """The partitions of these days. Through Arrow, so that no path stands in SQL and any file system will do."""
    files = [str(path) for day in sorted(days) for path in lake.parts(LAKE[name], day)]
    schema = LAKE[name].schema
    datasets = import_module("pyarrow.dataset")  # it imports pandas, for which nobody waits who only asks for a verdict
    return datasets.dataset(files, schema=schema, format="parquet") if files else schema.empty_table()
