"""Why a row changed, in SQL, from what both editions say of its day and of its article.

A row's own reason comes first: its article is another text of a known one, its day is new, was let in or taken out, its
article is new to the day, or the same capture was read otherwise. A row that has none, such as a sum of others, has
the strongest reason of its day, and else the strongest of the edition.
"""

from collections.abc import Mapping, Sequence

import duckdb

from troopwatch.tables import PUBLISHED
from troopwatch.tables.editions import REASONS

DAYS = ("day", "day_first", "first_day", "week", "claim_date")
"""Columns that tell of which day a row is; the first that a table has."""

# A day that no gate has judged yet is not there: another run has met it on its way.
STATES = """
CREATE TEMP TABLE states AS
WITH states AS (
    SELECT
        'edition' AS which, day, CASE
            WHEN bool_or(outcome = 'closed' AND reason NOT LIKE 'not judged%') THEN 'closed'
            WHEN bool_or(outcome NOT IN ('not_run', 'closed')) THEN 'open'
        END AS state
    FROM edition.coverage GROUP BY day
    UNION ALL
    SELECT
        'before', day, CASE
            WHEN bool_or(outcome = 'closed' AND reason NOT LIKE 'not judged%') THEN 'closed'
            WHEN bool_or(outcome NOT IN ('not_run', 'closed')) THEN 'open'
        END
    FROM {coverage} GROUP BY day
)
SELECT
    day,
    CASE
        WHEN old.state IS NULL THEN 'new_day'
        WHEN {waived} THEN 'waiver'
        WHEN old.state = 'closed' AND new.state = 'open' THEN 'gate_opened'
        WHEN old.state = 'open' AND new.state IS DISTINCT FROM 'open' THEN 'gate_closed'
    END AS reason
FROM (SELECT * FROM states WHERE which = 'edition') AS new
FULL JOIN (SELECT * FROM states WHERE which = 'before') AS old USING (day)
WHERE reason IS NOT NULL AND coalesce(new.state, old.state) IS NOT NULL
"""
WAIVED = """day IN (
    (SELECT day FROM edition.quality_checks WHERE waived_by IS NOT NULL EXCEPT
     SELECT day FROM {quality_checks} WHERE waived_by IS NOT NULL)
    UNION
    (SELECT day FROM {quality_checks} WHERE waived_by IS NOT NULL EXCEPT
     SELECT day FROM edition.quality_checks WHERE waived_by IS NOT NULL)
)"""

# The capture tells: the same bytes read to another text are new rules, other bytes of a known article a correction.
ARTICLES = """
CREATE TEMP TABLE texts AS
WITH old AS (SELECT doc_id, article_id, day, warc_file, warc_offset FROM {articles}),
new AS (SELECT doc_id, article_id, day, warc_file, warc_offset FROM edition.articles),
joined AS (
    SELECT
        doc_id,
        old.doc_id IS NULL AS is_new,
        new.doc_id IS NULL AS is_gone,
        coalesce(new.article_id, old.article_id) AS article_id,
        coalesce(new.warc_file, old.warc_file) AS warc_file,
        coalesce(new.warc_offset, old.warc_offset) AS warc_offset,
        new.day <> old.day AS has_moved
    FROM new FULL JOIN old USING (doc_id)
),
known AS (
    SELECT TRUE AS was, article_id, warc_file, warc_offset FROM old
    UNION ALL
    SELECT FALSE, article_id, warc_file, warc_offset FROM new
)
SELECT
    doc_id,
    CASE
        WHEN is_new OR is_gone THEN CASE
            WHEN (is_new, article_id, warc_file, warc_offset) IN
                (SELECT (was, article_id, warc_file, warc_offset) FROM known) THEN 'new_rules'
            WHEN (is_new, article_id) IN (SELECT (was, article_id) FROM known) THEN 'correction'
            WHEN is_new THEN 'late_article'
            ELSE 'new_rules'
        END
        WHEN has_moved THEN 'late_article'
    END AS reason
FROM joined
WHERE is_new OR is_gone OR has_moved
"""
VERSIONS = ("extractor", "extractor_version", "codebook_version", "method", "method_version")
"""Columns that say with what a row was read."""
IS_WHOLE = "o.rowid IS NULL OR n.rowid IS NULL"
"""The row came or went as a whole."""


def prepare(connection: duckdb.DuckDBPyConnection, old: Mapping[str, str]) -> None:
    """Make the tables `states` (day, reason) and `texts` (doc_id, reason); `old` names the old edition's tables."""
    waived = WAIVED.format(**old) if _knows_waivers(connection, old["quality_checks"]) else "FALSE"
    connection.execute(STATES.format(**old, waived=waived))
    connection.execute(ARTICLES.format(**old))


def _knows_waivers(connection: duckdb.DuckDBPyConnection, table: str) -> bool:
    """Whether both editions say of a check that it was waived."""
    columns = connection.execute(f"SELECT * FROM {table} LIMIT 0").description or []  # noqa: S608 - a table of ours
    return "waived_by" in PUBLISHED["quality_checks"].names and "waived_by" in {name for name, *_ in columns}


def day_of(table: str, common: Sequence[str]) -> str:
    """The row's day in SQL, of the new row `n` or else the old one `o`; NULL for a table of no days."""
    column = next((name for name in DAYS if name in PUBLISHED[table].names and name in common), None)
    return f'coalesce(n."{column}", o."{column}")::DATE' if column else "NULL::DATE"


def of_row(common: Sequence[str]) -> str:
    """The row's own reason, in SQL; NULL where it has none."""
    has_text = "doc_id" in common
    versions = [f'n."{name}" IS DISTINCT FROM o."{name}"' for name in VERSIONS if name in common]
    cases = [
        "WHEN texts.reason = 'correction' THEN 'correction'" if has_text else "",
        f"WHEN NOT ({IS_WHOLE}) AND ({' OR '.join(versions)}) THEN 'new_rules'" if versions else "",
        "WHEN states.reason IS NOT NULL THEN states.reason",
        "WHEN texts.reason IS NOT NULL THEN texts.reason" if has_text else "",
        f"WHEN {IS_WHOLE} THEN 'new_rules'" if has_text else "",
    ]
    return f"CASE {' '.join(filter(None, cases))} END"


def strongest(column: str) -> str:
    """The strongest of several reasons, in SQL."""
    order = f"[{', '.join(repr(reason) for reason in REASONS.split())}]"
    return f"{order}[min(list_position({order}, {column}))]"
