"""datapackage.json: what each CSV file holds, in the words of `tables`, as frictionless and its kin read it."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa

from troopwatch import lake
from troopwatch.tables import SCHEMA_VERSION, Column, Table

FILE = "datapackage.json"
TYPES = {
    pa.string(): "string",
    pa.int64(): "integer",
    pa.float64(): "number",
    pa.bool_(): "boolean",
    pa.date32(): "date",
    pa.timestamp("us", tz="UTC"): "datetime",
}


def write(folder: Path, rows: Mapping[Table, int], edition: Mapping[str, str | int]) -> None:
    """Describe the CSV files of these tables, which lie in <folder>/csv."""
    package = {
        "name": "troopwatch",
        "title": "Troopwatch: troop deployments and demands as the news has them, each figure with its evidence",
        "version": SCHEMA_VERSION,
        "edition": dict(edition),
        "resources": [_resource(folder, table, count) for table, count in rows.items()],
    }
    with lake.replacing(folder / FILE) as file:
        file.write(json.dumps(package, ensure_ascii=False, indent=1).encode() + b"\n")


def _resource(folder: Path, table: Table, rows: int) -> dict[str, Any]:
    path = folder / "csv" / f"{table.name}.csv"
    return {
        "name": table.name.replace("_", "-"),
        "type": "table",
        "path": f"csv/{path.name}",
        "description": table.meaning,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": path.stat().st_size,
        "rows": rows,
        "hash": f"sha256:{lake.fingerprint(path)}",
        "schema": {
            "fields": [_field(column) for column in table.columns],
            "primaryKey": list(table.key),
            "missingValues": [""],
        },
    }


def _field(column: Column) -> dict[str, Any]:
    described = {"name": column.name, "type": _type(column.type), "description": column.meaning}
    constraints = _constraints(column)
    return described | ({"constraints": constraints} if constraints else {})


def _type(arrow: pa.DataType) -> str:
    if pa.types.is_list(arrow):
        return "array"
    return "object" if pa.types.is_struct(arrow) else TYPES[arrow]


def _constraints(column: Column) -> dict[str, Any]:
    """What holds of every cell. A text may be empty where it may not be NULL, which a data package takes for one."""
    free_text = pa.types.is_string(column.type) and not column.values and not column.pattern
    found = {
        "required": True if not column.null and not free_text else None,
        "enum": list(column.values) or None,
        "minimum": column.minimum,
        "maximum": column.maximum,
        # A code without a country begins with a dash, which the guard puts an apostrophe before.
        "pattern": f"'?(?:{column.pattern.removeprefix('^').removesuffix('$')})" if column.pattern else None,
    }
    return {name: value for name, value in found.items() if value is not None}
