-- Which deployments are announced that nobody has said to be there since?
-- Only where owner and place are known can that be told; of several places, where one is still without a claim.
WITH there AS (
    SELECT principal_code, unnest(string_split(target_code, ';')) AS place, day_last
    FROM claims
    WHERE kind = 'deployment' AND standing = 'present'
),
planned AS (
    SELECT *, unnest(string_split(target_code, ';')) AS place
    FROM claims
    WHERE kind = 'deployment' AND standing = 'planned' AND phase <> 'withdrawal_planned'
),
open AS (
    SELECT DISTINCT planned.claim_id
    FROM planned
    LEFT JOIN there
        ON there.principal_code = planned.principal_code AND there.place = planned.place
        AND there.day_last >= planned.day_first
    WHERE planned.principal_code IS NOT NULL AND there.place IS NULL
)
SELECT c.day_first, c.owner_code, c.target_code, c.phase, c.count_min, c.count_max, c.speaker_text, c.mentions,
    c.articles, c.independent_sources, d.sentence, d.canonical_url, c.record_id
FROM open
JOIN claims AS c ON c.claim_id = open.claim_id
JOIN deployments AS d ON d.record_id = c.record_id
ORDER BY c.day_first, c.owner_code, c.target_code, c.record_id
