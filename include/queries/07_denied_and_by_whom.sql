-- What is denied, by whom, and who else says that it is so?
-- `others_say_so` counts the claims of standing 'present' on the same owner's forces in the same place.
SELECT denied.week, denied.owner_code, denied.target_code, denied.speaker_text AS denied_by, denied.status,
    count(present.claim_id) AS others_say_so,
    string_agg(DISTINCT present.speaker_text, '; ' ORDER BY present.speaker_text) AS who,
    any_value(d.sentence) AS sentence, any_value(d.canonical_url) AS canonical_url, denied.record_id
FROM claims AS denied
JOIN deployments AS d ON d.record_id = denied.record_id
LEFT JOIN claims AS present
    ON present.kind = 'deployment' AND present.standing = 'present'
    AND left(present.owner_code, 3) = left(denied.owner_code, 3) AND present.target_code = denied.target_code
WHERE denied.kind = 'deployment' AND denied.standing = 'denied'
GROUP BY ALL
ORDER BY denied.week, denied.owner_code NULLS LAST, denied.target_code NULLS LAST, denied.record_id
