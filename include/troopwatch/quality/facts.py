"""The views that measures are taken from, as DuckDB has them: rows of open days only, each with its day and source.

`known_*` and `settled_*` hold a row against the same article, text or name of the source, within as many days as
DuckDB's variable `span` says.
"""

FINISHED = r"""[.!?…:#)\]"''”’»]\s*$"""
"""How a text ends that was not cut off, as it stands in SQL."""

LAKE_COLUMNS = {
    "ledger": "day, source, outcome",
    "documents": "day, source, doc_id, article_id, title, authors, published_at, captured_at, is_stub, characters, "
    f"regexp_matches(text, '{FINISHED}') AS finished",
    "quarantine": "day, source",
    "deployments": "*",
    "demands": "*",
    "readings": "*",
}
"""The lake's tables and what of them is read, once."""

VIEWS = {
    "captured": """
        SELECT day, source, doc_id
        FROM ledger LEFT JOIN documents USING (day, source)
        WHERE ledger.outcome = 'captured'
    """,
    "articles": """
        SELECT day, source, false AS is_quarantined FROM documents
        UNION ALL
        SELECT day, source, true FROM quarantine
    """,
    "mentions": """
        SELECT
            day, source, doc_id, record_id, status, force_owner_code AS code, speaker_code, count_min, count_max,
            extractor_version || ' ' || codebook_version AS rules,
            CASE WHEN count_unit = 'persons' THEN coalesce(count_max, count_min) END AS persons
        FROM deployments
        UNION ALL
        SELECT
            day, source, doc_id, record_id, status, demander_code, speaker_code, NULL, NULL,
            extractor_version || ' ' || codebook_version, NULL
        FROM demands
    """,
    "read_documents": "SELECT *, deployments + demands AS mentions FROM readings",
    "known_articles": """
        WITH versions AS (
            SELECT
                day, source, article_id, max(characters) AS characters, max(published_at) AS published_at,
                max(authors) AS authors
            FROM documents
            GROUP BY ALL
        ),
        followed AS (
            SELECT
                *, lag(day) OVER visits AS day_before, lag(characters) OVER visits AS characters_before,
                lag(published_at) OVER visits AS published_before, lag(authors) OVER visits AS authors_before
            FROM versions
            WINDOW visits AS (PARTITION BY source, article_id ORDER BY day)
        )
        SELECT * FROM followed WHERE day_before >= day - getvariable('span')
    """,
    "known_texts": """
        WITH rules AS (SELECT day, string_agg(DISTINCT rules, ' ' ORDER BY rules) AS rules FROM mentions GROUP BY day),
        said AS (
            SELECT
                readings.day, readings.source, readings.doc_id, any_value(rules.rules) AS rules,
                string_agg(
                    concat_ws('|', record_id, status, code, speaker_code, count_min, count_max), ' ' ORDER BY record_id
                ) AS found
            FROM readings
            LEFT JOIN mentions USING (day, source, doc_id)
            LEFT JOIN rules ON rules.day = readings.day
            GROUP BY ALL
        ),
        followed AS (
            SELECT
                *, lag(day) OVER visits AS day_before, lag(rules) OVER visits AS rules_before,
                lag(found) OVER visits AS found_before
            FROM said
            WINDOW visits AS (PARTITION BY source, doc_id ORDER BY day)
        )
        SELECT * FROM followed
        WHERE
            day_before >= day - getvariable('span')
            AND coalesce(rules = rules_before, true)
            AND coalesce(found, found_before) IS NOT NULL
    """,
    "names": """
        SELECT day, source, role, name, code, count(*) AS rows
        FROM (
            SELECT day, source, 'owner' AS role, force_owner_text AS name, force_owner_code AS code FROM deployments
            UNION ALL
            SELECT day, source, 'speaker', speaker_text, speaker_code FROM deployments
            UNION ALL
            SELECT day, source, 'speaker', speaker_text, speaker_code FROM demands
            UNION ALL
            SELECT day, source, 'demander', demander_text, demander_code FROM demands
            UNION ALL
            SELECT day, source, 'addressee', addressee_text, addressee_code FROM demands
        )
        WHERE regexp_matches(name, '[A-Z]')
        GROUP BY ALL
    """,
    "settled_names": """
        SELECT
            now.day, now.source, now.code, now.rows, any_value(past.code) AS code_before
        FROM names AS now
        JOIN names AS past
            ON past.source = now.source AND past.role = now.role AND past.name = now.name
            AND past.day BETWEEN now.day - getvariable('span') AND now.day - 1
        GROUP BY now.day, now.source, now.role, now.name, now.code, now.rows
        HAVING sum(past.rows) >= 3 AND count(DISTINCT past.code) = 1 AND NOT bool_or(past.code IS NULL)
    """,
}
