-- What each speaker puts the forces of one owner in one place at, week by week: ranges side by side, never averaged.
-- Unlike things (what is there and what is denied, troops and ships, a total and a part) have rows of their own; so has
-- every claim of a speaker whom nobody knows. An article counts as it stands now: what it took back is no figure of it.
WITH newest AS (
    SELECT arg_max(doc_id, (last_day, captured_at, doc_id)) AS doc_id FROM edition.articles GROUP BY article_id
),
mentions AS (
    SELECT claim_id, claim_date, record_id, article_id, syndicated_from FROM edition.deployments JOIN newest USING (doc_id)
),
figures AS (
    SELECT
        claims.* EXCLUDE (mentions, articles, independent_sources, record_id, owner_code),
        principal_code AS owner_code,
        if(speaker_kind = 'actor', speaker_code, if(speaker_kind = 'outlet', speaker_text, claim_id)) AS speaker,
        least(count_min, count_max) AS low,
        greatest(count_min, count_max) AS high
    FROM edition.claims AS claims
    WHERE principal_code IS NOT NULL
        AND target_code IS NOT NULL
        AND kind = 'deployment'
        AND (count_min IS NOT NULL OR count_max IS NOT NULL)
),
ranges AS (
    SELECT
        week,
        owner_code,
        target_code AS place_code,
        place_ids,
        place_relation,
        standing,
        unit_type,
        count_unit,
        count_scope,
        figures.speaker_kind,
        speaker,
        any_value(figures.speaker_code) AS speaker_code,
        arg_min(figures.speaker_text, (claim_date, record_id)) AS speaker_text,
        if(count(count_min) = count(*), min(count_min), NULL) AS count_min,
        if(count(count_max) = count(*), max(count_max), NULL) AS count_max,
        min(low) AS lowest,
        max(high) AS highest,
        count(DISTINCT claim_id) AS claims,
        count(*) AS mentions,
        count(DISTINCT article_id) AS articles,
        count(DISTINCT syndicated_from) AS independent_sources,
        arg_min(record_id, (claim_date, record_id)) AS record_id,
        arg_min(record_id, (low, claim_date, record_id)) AS lowest_record_id,
        arg_min(record_id, (-high, claim_date, record_id)) AS highest_record_id
    FROM figures
    JOIN mentions USING (claim_id)
    GROUP BY ALL
)
SELECT
    * EXCLUDE (speaker),
    count(*) OVER (
        PARTITION BY week, owner_code, place_ids, place_relation, standing, unit_type, count_unit, count_scope
    ) AS speakers
FROM ranges
