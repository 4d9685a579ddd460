-- Claims folded to episodes, once strictly and once loosely.
WITH folds AS (
    SELECT 'strict' AS folding, strict_episode_id AS episode_id, * FROM edition.claims
    UNION ALL BY NAME
    SELECT 'loose' AS folding, loose_episode_id AS episode_id, * FROM edition.claims
),
folded AS (
    SELECT
        folding,
        episode_id,
        any_value(kind) AS kind,
        min(day_first) AS day_first,
        max(day_last) AS day_last,
        array_to_string(list_sort(list(DISTINCT owner_code)), ';') AS owner_code,
        array_to_string(list_sort(list(DISTINCT target_code)), ';') AS target_code,
        any_value(content_type) AS content_type,
        count(*) AS claims,
        count(DISTINCT CASE speaker_kind WHEN 'actor' THEN speaker_code WHEN 'outlet' THEN speaker_text ELSE claim_id END)
            AS speakers,
        count(*) FILTER (WHERE standing = 'present') AS claims_present,
        count(*) FILTER (WHERE standing = 'planned') AS claims_planned,
        count(*) FILTER (WHERE standing = 'withdrawn') AS claims_withdrawn,
        count(*) FILTER (WHERE standing = 'denied') AS claims_denied,
        count(*) FILTER (WHERE standing = 'hypothetical') AS claims_hypothetical,
        count(*) FILTER (WHERE standing = 'historical') AS claims_historical,
        min(coalesce(count_min, count_max)) FILTER (WHERE standing = 'present' AND count_unit = 'persons')
            AS persons_lowest,
        max(coalesce(count_max, count_min)) FILTER (WHERE standing = 'present' AND count_unit = 'persons')
            AS persons_highest,
        arg_min(claim_id, (day_first, claim_id)) AS claim_id
    FROM folds
    GROUP BY folding, episode_id
),
said AS (
    SELECT claim_id, article_id, syndicated_from FROM edition.deployments
    UNION ALL
    SELECT claim_id, article_id, syndicated_from FROM edition.demands
),
counted AS (
    SELECT
        folding,
        episode_id,
        count(*) AS mentions,
        count(DISTINCT article_id) AS articles,
        count(DISTINCT syndicated_from) AS independent_sources
    FROM folds
    JOIN said USING (claim_id)
    GROUP BY folding, episode_id
)
SELECT
    folded.* REPLACE (nullif(owner_code, '') AS owner_code, nullif(target_code, '') AS target_code),
    mentions,
    articles,
    independent_sources
FROM folded
JOIN counted USING (folding, episode_id)
