-- Where the two foldings differ: a loose episode of several strict ones, and what tells those apart.
WITH compared AS (
    SELECT
        loose_episode_id AS episode_id,
        any_value(kind) AS kind,
        min(day_first) AS day_first,
        max(day_last) AS day_last,
        count(*) AS claims,
        count(DISTINCT strict_episode_id) AS strict_episodes,
        count(DISTINCT owner_code) > 1 AS by_owner,
        any_value(kind) = 'demand' AND count(DISTINCT target_code) > 1 AS by_addressee,
        count(DISTINCT place_ids) > 1 AS by_place,
        count(DISTINCT place_relation) > 1 AS by_place_relation,
        count(DISTINCT phase) > 1 AS by_phase,
        count(DISTINCT standing) > 1 AS by_standing,
        count(DISTINCT activity) > 1 AS by_activity
    FROM edition.claims
    GROUP BY loose_episode_id
    HAVING count(DISTINCT strict_episode_id) > 1
)
SELECT
    compared.*,
    loose.owner_code,
    loose.target_code,
    loose.content_type
FROM compared
JOIN edition.episodes AS loose ON loose.folding = 'loose' AND loose.episode_id = compared.episode_id
