"""What readers of the published file may rely on: its tables and columns, frozen for each version of the schema.

`python tests/contract/contract.py` writes the description of the version that `tables` has now. The one of a released
version is never written again: a change is another version, and the changelog says so.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path

from troopwatch.aggregate import ddl
from troopwatch.tables import PUBLISHED, SCHEMA_VERSION

FOLDER = Path(__file__).parent
Description = dict[str, dict[str, str]]
"""SQL types of the columns, by table and name; a column that always has a value says NOT NULL."""


def described() -> Description:
    """The published tables as they are now."""
    return {
        name: {c.name: f"{ddl.sql_type(c.type)}{'' if c.null else ' NOT NULL'}" for c in table.columns}
        for name, table in PUBLISHED.items()
    }


def frozen(version: str) -> Description:
    description: Description = json.loads((FOLDER / f"{version}.json").read_text(encoding="utf-8"))
    return description


def versions() -> list[str]:
    """All versions that are frozen, the oldest first."""
    return sorted((path.stem for path in FOLDER.glob("*.json")), key=_numbers)


def changes(old: Description, new: Description) -> Iterator[tuple[str, str]]:
    """What differs: the least part of the version that must rise, and the table or column as `table.column`."""
    for table in sorted(old.keys() | new.keys()):
        if table not in new or table not in old:
            yield ("major" if table in old else "minor"), table
            continue
        for column in sorted(old[table].keys() | new[table].keys()):
            before, after = old[table].get(column), new[table].get(column)
            if before != after:
                yield ("minor" if before is None else "major"), f"{table}.{column}"


def objections(old: tuple[str, Description], new: tuple[str, Description], changelog: str) -> Iterator[str]:
    """Why a new version may not stand after an old one: too small a step, or nothing said of it."""
    step = _step(old[0], new[0])
    said = entry(changelog, new[0])
    for needed, name in changes(old[1], new[1]):
        if needed == "major" and step != "major":
            yield f"{name} was changed or removed: a new major version of the schema"
        elif step is None:
            yield f"{name} was added: a new minor version of the schema"
        if not all(f"`{part}`" in said for part in name.split(".")):
            yield f"{name}: the changelog says nothing of it under schema {new[0]}"


def entry(changelog: str, version: str) -> str:
    """What the changelog says of a version of the schema: the section whose heading names it."""
    found = re.search(rf"^## .*schema {re.escape(version)}$(.*?)(?=^## |\Z)", changelog, re.M | re.S)
    return found[1] if found else ""


def _step(old: str, new: str) -> str | None:
    before, after = _numbers(old), _numbers(new)
    if after[0] > before[0]:
        return "major"
    return "minor" if after[0] == before[0] and after[1] > before[1] else None


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


if __name__ == "__main__":
    written = json.dumps(described(), indent=1) + "\n"
    (FOLDER / f"{SCHEMA_VERSION}.json").write_text(written, encoding="utf-8")
