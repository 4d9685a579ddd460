-- Who had each claim first, and how long did it take until a second source of its own had it?
-- A date without a time is taken for the end of its day.
WITH said AS (
    SELECT d.claim_id, d.syndicated_from,
        if(
            a.published_precision = 'day', least(a.captured_at, a.published_at + INTERVAL 1 DAY), a.published_at
        ) AS had_at
    FROM deployments AS d
    JOIN articles AS a ON a.doc_id = d.doc_id
    WHERE d.standing = 'present' AND a.published_at IS NOT NULL
),
had AS (SELECT claim_id, syndicated_from, min(had_at) AS had_at FROM said GROUP BY ALL),
ranked AS (
    SELECT *, row_number() OVER (PARTITION BY claim_id ORDER BY had_at, syndicated_from) AS nth FROM had
)
SELECT c.owner_code, c.target_code, c.count_min, c.count_max, c.speaker_text, one.syndicated_from AS first_had_by,
    one.had_at AS first_at, two.syndicated_from AS then_by, date_diff('hour', one.had_at, two.had_at) AS hours_later,
    c.record_id
FROM ranked AS one
JOIN ranked AS two ON two.claim_id = one.claim_id AND two.nth = 2
JOIN claims AS c ON c.claim_id = one.claim_id
WHERE one.nth = 1
ORDER BY one.had_at, c.claim_id
