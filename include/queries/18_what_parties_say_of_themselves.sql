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
    count(DISTINCT syndicated_from) AS independent_sources,
    min(coalesce(count_min, count_max)) FILTER (WHERE count_unit = 'persons') AS persons_lowest,
    max(coalesce(count_max, count_min)) FILTER (WHERE count_unit = 'persons') AS persons_highest,
    min(record_id) AS record_id
FROM deployments
WHERE force_owner_code IS NOT NULL
GROUP BY ALL
ORDER BY force_owner_code, place_code NULLS LAST, said_by, standing
