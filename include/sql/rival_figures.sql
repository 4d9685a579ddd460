-- What each speaker puts the forces of one owner in one place at, week by week: ranges side by side, never averaged.
-- Unlike things (what is there and what is denied, persons and ships, a total and a part) have rows of their own; so has
-- every claim of a speaker whom nobody knows.
WITH figures AS (
    SELECT
        claims.* EXCLUDE (mentions, articles, independent_sources, record_id),
        if(speaker_kind = 'actor', speaker_code, if(speaker_kind = 'outlet', speaker_text, claim_id)) AS speaker
    FROM edition.claims AS claims
    WHERE is_known(owner_code)
        AND target_code IS NOT NULL
        AND kind = 'deployment'
        AND (count_min IS NOT NULL OR count_max IS NOT NULL)
),
ranges AS (
    SELECT
        week,
        owner_code,
        target_code AS place_code,
        place_relation,
        standing,
        count_unit,
        count_scope,
        figures.speaker_kind,
        speaker,
        any_value(figures.speaker_code) AS speaker_code,
        arg_min(figures.speaker_text, (claim_date, record_id)) AS speaker_text,
        if(count(figures.count_min) = count(*), min(figures.count_min), NULL) AS count_min,
        if(count(figures.count_max) = count(*), max(figures.count_max), NULL) AS count_max,
        min(least(figures.count_min, figures.count_max)) AS lowest,
        max(greatest(figures.count_min, figures.count_max)) AS highest,
        count(DISTINCT claim_id) AS claims,
        count(*) AS mentions,
        count(DISTINCT article_id) AS articles,
        count(DISTINCT syndicated_from) AS independent_sources,
        arg_min(record_id, (claim_date, record_id)) AS record_id
    FROM figures
    JOIN (SELECT claim_id, claim_date, record_id, article_id, syndicated_from FROM edition.deployments) USING (claim_id)
    GROUP BY ALL
)
SELECT
    * EXCLUDE (speaker),
    count(*) OVER (
        PARTITION BY week, owner_code, place_code, place_relation, standing, count_unit, count_scope
    ) AS speakers
FROM ranges
