-- Every source on every day between its first and its last run. A zero was measured; NULL says that there are no data.
WITH spans AS (
    SELECT source, unnest(generate_series(min(day), max(day), INTERVAL 1 DAY))::DATE AS day
    FROM lake.ledger
    GROUP BY source
),
tallied AS (SELECT day, source, found - repeated AS articles FROM lake.tallies),
documents AS (SELECT day, source, count(*) AS n FROM lake.documents GROUP BY ALL),
fresh AS (SELECT day, source, count(*) AS n FROM edition.articles GROUP BY ALL),
quarantined AS (SELECT day, source, count(*) AS n FROM lake.quarantine GROUP BY ALL),
found AS (
    SELECT day, source, sum(deployments)::BIGINT AS deployments, sum(demands)::BIGINT AS demands
    FROM lake.readings
    GROUP BY ALL
),
judged AS (
    SELECT
        spans.day,
        spans.source,
        CASE
            WHEN ledger.outcome IS NULL THEN 'not_run'
            WHEN ledger.outcome = 'captured' AND NOT gates.is_open THEN 'closed'
            ELSE ledger.outcome
        END AS outcome,
        CASE WHEN ledger.outcome = 'captured' THEN gates.reason ELSE ledger.reason END AS reason,
        ledger.outcome IS NOT NULL AND ledger.outcome <> 'no_data' AS was_asked,
        ledger.outcome = 'captured' OR tallied.articles > 0 AS was_read,
        gates.is_open,
        tallied.articles,
        ledger.* EXCLUDE (day, source, outcome, reason, first_captured_at, last_captured_at)
    FROM spans
    LEFT JOIN lake.ledger AS ledger USING (day, source)
    LEFT JOIN lake.gates AS gates USING (day)
    LEFT JOIN tallied USING (day, source)
)
SELECT
    judged.day,
    judged.source,
    judged.outcome,
    judged.reason,
    CASE WHEN was_asked THEN judged.requests END AS requests,
    CASE WHEN was_asked THEN judged.responses END AS responses,
    CASE WHEN was_asked THEN judged.unchanged END AS unchanged,
    CASE WHEN was_asked THEN judged.gone END AS gone,
    CASE WHEN was_asked THEN judged.copied END AS copied,
    CASE WHEN was_asked THEN judged.refused_by_robots END AS refused_by_robots,
    CASE WHEN was_asked THEN judged.failures END AS failures,
    CASE WHEN was_asked THEN judged.failed_http END AS failed_http,
    CASE WHEN was_asked THEN judged.failed_connection END AS failed_connection,
    CASE WHEN was_asked THEN judged.failed_timeout END AS failed_timeout,
    CASE WHEN was_asked THEN judged.failed_limit END AS failed_limit,
    CASE WHEN was_asked THEN judged.failed_content END AS failed_content,
    CASE WHEN was_read THEN judged.articles END AS articles,
    CASE WHEN was_read THEN coalesce(documents.n, 0) END AS kept,
    CASE WHEN was_read AND is_open THEN coalesce(documents.n, 0) END AS documents,
    CASE WHEN was_read AND is_open THEN coalesce(fresh.n, 0) END AS new_documents,
    CASE WHEN was_read AND is_open THEN coalesce(quarantined.n, 0) END AS quarantined,
    CASE WHEN was_read AND is_open THEN coalesce(found.deployments, 0) END AS deployments,
    CASE WHEN was_read AND is_open THEN coalesce(found.demands, 0) END AS demands
FROM judged
LEFT JOIN documents USING (day, source)
LEFT JOIN fresh USING (day, source)
LEFT JOIN quarantined USING (day, source)
LEFT JOIN found USING (day, source)
