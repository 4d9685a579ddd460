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
    captured.* EXCLUDE (text, voice, signature, nth_capture),
    syndication.syndication_id,
    origins.outlet AS syndicated_from,
    gone.gone_on,
    readings.outcome AS reading,
    readings.deployments,
    readings.demands
FROM captured
JOIN lake.readings AS readings USING (day, source, doc_id)
JOIN lake.syndication AS syndication USING (doc_id)
JOIN captured AS origins ON origins.doc_id = syndication.syndication_id AND origins.nth_capture = 1
LEFT JOIN gone ON gone.source = captured.source AND gone.url = captured.url
WHERE captured.nth_capture = 1
