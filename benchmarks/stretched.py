"""A lake stretched into a long history: the days of a finished one, again and again, each time with ids of their own.

What makes rows belong together (documents, their mentions, copies of one text) is the same in every repetition, and
no text is a copy of one in another repetition.
"""

import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from rich.console import Console
from rich.progress import track

from troopwatch import days
from troopwatch.flow import Run
from troopwatch.lake import Lake, read_file
from troopwatch.publish import swap
from troopwatch.quality import verdicts
from troopwatch.quality.suites import GATES
from troopwatch.settings import Settings
from troopwatch.tables import LAKE, Table

FIRST, LAST = date(2022, 2, 2), date(2022, 4, 30)
NOW = datetime(2022, 6, 1, tzinfo=UTC)
IDS = {"article_id", "doc_id", "record_id", "sentence_id", "deployment_record_id", "group_id"}
OWN = 6
"""Hexadecimal digits of an id that name the repetition."""


def real_days(data: Path, console: Console) -> Path:
    """The 86 real days, run into a folder with one edition of them all; its DuckDB file."""
    here = Settings(data=data)
    if not (here.corpus / "state_dept_feed").is_dir():
        sys.exit(f"there are no captures in {here.corpus}: set TROOPWATCH_CORPUS")
    runs = [Run(day, here, NOW, "state_dept_feed") for day in days.between(FIRST, LAST)]
    for run in track(runs, "days", console=console):
        run.until_detected()
    candidate = runs[-1].aggregate()
    runs[-1].judge_edition(candidate)
    runs[-1].publish_all(candidate, [LAST])
    return data / "published" / swap.FILE


def stretch(lake: Lake, into: Path, times: int) -> list[date]:
    """Write `times` repetitions of a lake's days, one after the other without a gap; the days, in order."""
    told, made = lake.days(LAKE["ledger"]), Lake(into)
    length = told[-1] - told[0] + days.ONE
    for nth in range(times):
        for day in told:
            _repeat(lake, made, day, nth, nth * length)
    return [day + nth * length for nth in range(times) for day in told]


def _repeat(lake: Lake, made: Lake, day: date, nth: int, by: timedelta) -> None:
    """One day's partitions, and verdicts on the very bytes that are now there."""
    for table in LAKE.values():
        for path in lake.parts(table, day):
            target = made.path(table, day + by, path.stem)
            target.parent.mkdir(parents=True, exist_ok=True)
            pq.write_table(_moved(read_file(table, path), table, nth, by), target, compression="zstd")
    for name in GATES:
        _judge(made, day + by, name)


def _judge(made: Lake, day: date, name: str) -> None:
    judged = verdicts.digests(GATES[name], day, made)
    said = made.path(LAKE["verdicts"], day, name)
    rows = read_file(LAKE["verdicts"], said).to_pylist() if said.exists() else []
    files = [{"file": file, "sha256": digest} for file, digest in sorted(judged.items())]
    made.replace(LAKE["verdicts"], day, [row | {"judged": files} for row in rows], part=name)


def _moved(rows: pa.Table, table: Table, nth: int, by: timedelta) -> pa.Table:
    columns = dict(zip(rows.column_names, rows.columns, strict=True))
    return pa.table(dict(_columns(columns, nth, by)), schema=table.schema)


def _columns(columns: dict[str, pa.ChunkedArray], nth: int, by: timedelta) -> Iterator[tuple[str, pa.ChunkedArray]]:
    for name, values in columns.items():
        if pa.types.is_date(values.type) or pa.types.is_timestamp(values.type):
            yield name, pc.add(values, pa.scalar(by, pa.duration("us"))).cast(values.type)
        elif name in IDS:
            yield name, pc.binary_replace_slice(values, 0, OWN, f"{nth:0{OWN}x}")
        elif name == "signature":
            yield name, pa.chunked_array([_signed(values, nth)])
        else:
            yield name, values


def _signed(values: pa.ChunkedArray, nth: int) -> pa.Array:
    """Other signatures, as alike among themselves as before."""
    key = np.random.default_rng(nth).integers(1 << 32, size=128, dtype=np.uint32)
    other = [None if v is None else (np.frombuffer(v, "<u4") ^ key).tobytes() for v in values.to_pylist()]
    return pa.array(other, pa.binary())
