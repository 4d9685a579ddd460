-- What is denied, by whom, and who else says that it is so?
-- `others_say_so` counts the claims of standing 'present' on the same owner's forces in the same place.
WITH present AS (
    SELECT left(owner_code, 3) AS owner, target_code, count(*) AS claims,
        string_agg(DISTINCT speaker_text, '; ' ORDER BY speaker_text) AS who
    FROM claims
    WHERE kind = 'deployment' AND standing = 'present'
    GROUP BY ALL
)
SELECT denied.week, denied.owner_code, denied.target_code, denied.speaker_text AS denied_by, denied.status,
    coalesce(present.claims, 0) AS others_say_so, present.who, d.sentence, d.canonical_url, denied.record_id
FROM claims AS denied
JOIN deployments AS d ON d.record_id = denied.record_id
LEFT JOIN present ON present.owner = left(denied.owner_code, 3) AND present.target_code = denied.target_code
WHERE denied.kind = 'deployment' AND denied.standing = 'denied'
ORDER BY denied.week, denied.owner_code NULLS LAST, denied.target_code NULLS LAST, denied.record_id
