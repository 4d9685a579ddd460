-- Which deployments are spoken of, how large are they said to be, and by how many?
-- An episode folds the claims on one owner, place and time. Strictly folded there are rather too many than wrong ones.
SELECT e.day_first, e.day_last, e.owner_code, e.target_code, e.claims, e.speakers, e.claims_present, e.claims_planned,
    e.claims_denied, e.persons_lowest, e.persons_highest, e.mentions, e.articles, e.independent_sources, c.record_id
FROM episodes_strict AS e
JOIN claims AS c USING (claim_id)
WHERE e.kind = 'deployment' AND e.owner_code IS NOT NULL AND e.target_code IS NOT NULL
ORDER BY e.mentions DESC, e.day_first, e.episode_id
