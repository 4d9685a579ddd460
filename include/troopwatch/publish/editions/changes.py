"""What an edition changed against the one before: counted exactly in every table, listed where a reader would look.

Rows of days that come or go as a whole are counted and not listed, nor the sums that follow: the day tells them. So are
rows that differ in nothing but what found them or in how often their text came again. Of the rest the first LISTED of
each table, kind and reason are listed, with the old and new value of each column; the lines beside them, without a key,
say how many more there are.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import duckdb

from troopwatch.publish.edition import PublishError
from troopwatch.publish.editions import reasons
from troopwatch.publish.editions.content import CONTENT, Content
from troopwatch.tables import PUBLISHED

LISTED = 200
CLIPPED = 300
"""Characters of a value that are shown: those of a quote."""
WHOLE_DAYS = ("new_day", "gate_opened", "gate_closed")
INCIDENTAL = {*reasons.VERSIONS, "confidence", "rule", "first_day", "last_day", "days_captured"}
Totals = dict[str, dict[str, int]]
"""Rows added, changed and removed, by table."""
Lines = Mapping[str, list[Any]]
"""Rows of `changes`, by column."""

PAIRS = """
INSERT INTO pairs
SELECT
    '{table}' AS table_name,
    n.rowid AS new_row,
    o.rowid AS old_row,
    CASE WHEN o.rowid IS NULL THEN 'added' WHEN n.rowid IS NULL THEN 'removed' ELSE 'changed' END AS what,
    {day} AS day,
    {reason} AS reason,
    NOT ({shown}) AND o.rowid IS NOT NULL AND n.rowid IS NOT NULL AS is_incidental
FROM edition."{table}" AS n
FULL JOIN {old} AS o ON {same_key}
LEFT JOIN states ON states.day = {day}
LEFT JOIN texts ON texts.doc_id = {text}
WHERE o.rowid IS NULL OR n.rowid IS NULL OR {differs}
"""
JUDGED = """
CREATE TEMP TABLE judged AS
WITH of_days AS (SELECT day, {strongest} AS reason FROM pairs WHERE reason IS NOT NULL GROUP BY day),
of_all AS (SELECT coalesce({strongest}, 'new_rules') AS reason FROM pairs),
told AS (
    SELECT pairs.* EXCLUDE (reason), coalesce(pairs.reason, of_days.reason, of_all.reason) AS reason
    FROM pairs LEFT JOIN of_days ON of_days.day = pairs.day CROSS JOIN of_all
),
weighed AS (
    SELECT *, is_incidental OR reason IN {whole_days} AS is_counted FROM told
)
SELECT
    *,
    NOT is_counted AND row_number() OVER (
        PARTITION BY table_name, what, reason, is_counted ORDER BY new_row, old_row
    ) <= {listed} AS is_listed
FROM weighed
"""
COUNTED = """
INSERT INTO edition.changes
SELECT {number}, table_name, what, reason, day, NULL, NULL, NULL, NULL, count(*)
FROM judged WHERE NOT is_listed GROUP BY ALL ORDER BY ALL
"""
WHOLE_ROWS = """
INSERT INTO edition.changes
SELECT {number}, judged.table_name, judged.what, judged.reason, judged.day, {key}, NULL, NULL, NULL, 1
FROM judged LEFT JOIN edition."{table}" AS n ON n.rowid = new_row LEFT JOIN {old} AS o ON o.rowid = old_row
WHERE judged.table_name = '{table}' AND is_listed AND judged.what <> 'changed'
ORDER BY ALL
"""
VALUES = """
INSERT INTO edition.changes
WITH seen AS (
    SELECT judged.*, {key} AS key, unnest([{columns}], recursive := TRUE)
    FROM judged JOIN edition."{table}" AS n ON n.rowid = new_row JOIN {old} AS o ON o.rowid = old_row
    WHERE judged.table_name = '{table}' AND is_listed AND judged.what = 'changed'
)
SELECT
    {number}, table_name, what, reason, day, key, column_name, left(old, {clipped}), left(new, {clipped}),
    (row_number() OVER (PARTITION BY key ORDER BY column_name) = 1)::BIGINT
FROM seen WHERE differs
ORDER BY ALL
"""
TOTALS = "SELECT table_name, what, sum(rows)::BIGINT FROM edition.changes WHERE edition = ? GROUP BY ALL"


def record(connection: duckdb.DuckDBPyConnection, number: int, old: Content | None, new: Content) -> tuple[Totals, str]:
    """Fill `edition.changes` with what changed against the attached `before`; totals by table, and the main reason.

    Raises PublishError where what changed does not add up to the rows that are there.
    """
    before = dict(_before(connection, is_first=old is None))
    reasons.prepare(connection, before)
    differing = [name for name in CONTENT if old is None or old.tables.get(name) != new.tables[name]]
    connection.execute(
        "CREATE TEMP TABLE pairs (table_name VARCHAR, new_row BIGINT, old_row BIGINT, what VARCHAR, day DATE,"
        " reason VARCHAR, is_incidental BOOLEAN)"
    )
    for name in differing:
        _pair(connection, name, before[name])
    strongest = reasons.strongest("reason")
    connection.execute(JUDGED.format(strongest=strongest, whole_days=WHOLE_DAYS, listed=LISTED))
    connection.execute(COUNTED.format(number=number))
    for name in differing:
        _list(connection, number, name, before[name])
    return _reconciled(connection, number, old, new), _main_reason(connection)


def _before(connection: duckdb.DuckDBPyConnection, *, is_first: bool) -> Iterator[tuple[str, str]]:
    """Where each table of the old edition is; an empty one for those that it had not."""
    there = "SELECT table_name FROM duckdb_tables() WHERE database_name = 'before'"
    known = set() if is_first else {name for (name,) in connection.execute(there).fetchall()}
    connection.execute("ATTACH ':memory:' AS nothing")
    for name in CONTENT:
        if name not in known:
            connection.execute(f'CREATE TABLE nothing."{name}" AS FROM edition."{name}" LIMIT 0')
        yield name, f'{"before" if name in known else "nothing"}."{name}"'


def _pair(connection: duckdb.DuckDBPyConnection, table: str, old: str) -> None:
    """Every row that is not the same in both, with its own reason."""
    common = _common(connection, table, old)
    connection.execute(
        PAIRS.format(
            table=table,
            old=old,
            day=reasons.day_of(table, common),
            reason=reasons.of_row(common),
            text="coalesce(n.doc_id, o.doc_id)" if "doc_id" in common else "NULL",
            same_key=_same_key(table, common),
            differs=_differs(common),
            shown=_differs([name for name in common if name not in INCIDENTAL]),
        )
    )


def _common(connection: duckdb.DuckDBPyConnection, table: str, old: str) -> list[str]:
    """The columns that both have: one that came with a newer schema changes no row."""
    columns = connection.execute(f"SELECT * FROM {old} LIMIT 0").description or []  # noqa: S608 - a table of ours
    there = {name for name, *_ in columns}
    return [name for name in PUBLISHED[table].names if name in there]


def _same_key(table: str, common: list[str]) -> str:
    key = PUBLISHED[table].key
    if not set(key) <= set(common):
        return "n.rowid = -1 - o.rowid"  # never: under another key all rows are others
    return " AND ".join(f'n."{name}" IS NOT DISTINCT FROM o."{name}"' for name in key)


def _differs(names: list[str]) -> str:
    return " OR ".join(f'n."{name}" IS DISTINCT FROM o."{name}"' for name in names) or "FALSE"


def _list(connection: duckdb.DuckDBPyConnection, number: int, table: str, old: str) -> None:
    """The rows that are listed, each with its key; a changed one with each column of use to a reader."""
    common = _common(connection, table, old)
    key = PUBLISHED[table].key
    shown = [name for name in common if name not in INCIDENTAL and name not in key]
    values = {"number": number, "table": table, "old": old, "key": _key(key, common)}
    connection.execute(WHOLE_ROWS.format(**values))
    if shown:
        connection.execute(VALUES.format(**values, columns=", ".join(map(_column, shown)), clipped=CLIPPED))


def _key(key: tuple[str, ...], common: list[str]) -> str:
    """The key as a JSON object."""
    pairs = (
        f'"{name}" := ' + (f'coalesce(n."{name}", o."{name}")' if name in common else f'n."{name}"') for name in key
    )
    return f"to_json(struct_pack({', '.join(pairs)}))::VARCHAR"


def _column(name: str) -> str:
    return (
        f"{{'column_name': '{name}', 'old': o.\"{name}\"::VARCHAR, 'new': n.\"{name}\"::VARCHAR, "
        f'\'differs\': n."{name}" IS DISTINCT FROM o."{name}"}}'
    )


def _reconciled(connection: duckdb.DuckDBPyConnection, number: int, old: Content | None, new: Content) -> Totals:
    totals: Totals = {name: {"added": 0, "changed": 0, "removed": 0} for name in CONTENT}
    for table, what, rows in connection.execute(TOTALS, [number]).fetchall():
        totals[table][what] = rows
    for name, total in totals.items():
        rows_before = old.tables.get(name, (0, ""))[0] if old else 0
        if rows_before + total["added"] - total["removed"] != new.tables[name][0]:
            raise PublishError(
                f"the changes of {name} do not add up: {rows_before} rows, {total['added']} added, "
                f"{total['removed']} removed, {new.tables[name][0]} now"
            )
    return totals


def _main_reason(connection: duckdb.DuckDBPyConnection) -> str:
    sql = f"SELECT coalesce({reasons.strongest('reason')}, 'new_rules') FROM judged"  # noqa: S608 - words of our own
    ((reason,),) = connection.execute(sql).fetchall()
    return str(reason)


def lines(connection: duckdb.DuckDBPyConnection, number: int) -> Lines:
    """What `changes` says of one edition, in the order of its key."""
    sql = "SELECT * FROM edition.changes WHERE edition = $number ORDER BY ALL"
    columns: Lines = connection.sql(sql, params={"number": number}).to_arrow_table().to_pydict()
    return columns
