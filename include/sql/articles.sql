-- Every version of an article at its first capture, and how often it came again.
WITH captured AS (
    SELECT
        *,
        row_number() OVER (PARTITION BY doc_id ORDER BY day, captured_at, source) AS nth_capture,
        min(day) OVER (PARTITION BY doc_id) AS first_day,
        max(day) OVER (PARTITION BY doc_id) AS last_day,
        count(DISTINCT day) OVER (PARTITION BY doc_id) AS days_captured
    FROM lake.documents
),
gone AS (SELECT source, url, min(day) AS gone_on FROM lake.fetches WHERE outcome = 'gone' GROUP BY ALL)
SELECT
    captured.* EXCLUDE (text, voice, nth_capture),
    gone.gone_on,
    readings.outcome AS reading,
    readings.deployments,
    readings.demands
FROM captured
JOIN lake.readings AS readings USING (day, source, doc_id)
LEFT JOIN gone USING (source, url)
WHERE nth_capture = 1
