-- How much depends on how claims are folded to episodes?
-- A row is one loose episode that strict folding takes for several, and what tells those apart.
SELECT x.day_first, x.day_last, x.kind, x.owner_code, x.target_code, x.content_type, x.claims, x.strict_episodes,
    x.by_owner, x.by_place, x.by_phase, x.by_standing, c.record_id
FROM episode_differences AS x
JOIN episodes_loose AS e USING (episode_id)
JOIN claims AS c ON c.claim_id = e.claim_id
ORDER BY x.strict_episodes DESC, x.day_first, x.episode_id
