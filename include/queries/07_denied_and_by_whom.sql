-- What is denied, by whom, and who else says that it is so?
-- `others_say_so` counts the claims of standing 'present' by other speakers in the same loose episode: forces of the
-- same actor in the same country within weeks, and standing to it in the same way (near it is not in it).
WITH denied AS (FROM claims WHERE kind = 'deployment' AND standing = 'denied'),
others AS (
    SELECT denied.claim_id, count(*) AS claims,
        string_agg(DISTINCT said.speaker_text, '; ' ORDER BY said.speaker_text) AS who
    FROM denied
    JOIN claims AS said
        ON said.loose_episode_id = denied.loose_episode_id AND said.standing = 'present'
        AND said.place_relation = denied.place_relation
        AND coalesce(said.speaker_code, said.speaker_text) <> coalesce(denied.speaker_code, denied.speaker_text)
    GROUP BY ALL
)
SELECT denied.week, denied.owner_code, denied.target_code, denied.speaker_text AS denied_by, denied.status,
    coalesce(others.claims, 0) AS others_say_so, others.who, denied.mentions, denied.articles,
    denied.independent_sources, d.sentence, d.canonical_url, denied.record_id
FROM denied
JOIN deployments AS d ON d.record_id = denied.record_id
LEFT JOIN others ON others.claim_id = denied.claim_id
ORDER BY denied.week, denied.owner_code NULLS LAST, denied.target_code NULLS LAST, denied.record_id
