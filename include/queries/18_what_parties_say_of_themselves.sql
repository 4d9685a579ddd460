-- What do parties say of their own forces, and what do others say of them?
-- Speakers whom nobody knows and outlets that speak for themselves are neither.
SELECT force_owner_code, place_code,
    CASE
        WHEN speaker_text IS NULL THEN 'the outlet'
        WHEN speaker_is_party THEN 'the party'
        WHEN NOT speaker_is_party THEN 'others'
        ELSE 'unknown'
    END AS said_by,
    standing, count(*) AS mentions, count(DISTINCT article_id) AS articles,
    count(DISTINCT syndicated_from) AS independent_sources, min(count_min) AS lowest, max(count_max) AS highest,
    min(record_id) AS record_id
FROM deployments
WHERE force_owner_code IS NOT NULL
GROUP BY ALL
ORDER BY force_owner_code, place_code NULLS LAST, said_by, standing
