-- Which deployments are announced that nobody has said to be there since?
-- Only where owner and place are known can that be told.
SELECT planned.day_first, planned.owner_code, planned.target_code, planned.phase, planned.count_min, planned.count_max,
    planned.speaker_text, planned.mentions, planned.articles, planned.independent_sources, d.sentence, d.canonical_url,
    planned.record_id
FROM claims AS planned
JOIN deployments AS d ON d.record_id = planned.record_id
WHERE planned.kind = 'deployment' AND planned.standing = 'planned'
    AND planned.owner_code IS NOT NULL AND planned.target_code IS NOT NULL
    AND NOT EXISTS (
        FROM claims AS there
        WHERE there.kind = 'deployment' AND there.standing = 'present' AND there.day_last >= planned.day_first
            AND left(there.owner_code, 3) = left(planned.owner_code, 3) AND there.target_code = planned.target_code
    )
ORDER BY planned.day_first, planned.owner_code NULLS LAST, planned.target_code NULLS LAST, planned.record_id
