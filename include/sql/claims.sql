-- Mentions folded by their claim, and claims by the two kinds of episode. What is unknown is never folded: a claim whose
-- owner, place, demander, addressee or content is unknown is an episode of its own.
WITH said AS (
    SELECT
        'deployment' AS kind,
        force_owner_code AS owner_code,
        place_code AS target_code,
        place_relation,
        place_ids,
        phase,
        if(unit_type = 'unspecified', 'troops', unit_type) AS unit_type,
        activity,
        count_min,
        count_max,
        count_unit,
        count_scope,
        COLUMNS(lambda c: c IN (
            'claim_id', 'claim_date', 'record_id', 'article_id', 'syndicated_from', 'speaker_code', 'speaker_text', 'status',
            'standing'
        ))
    FROM edition.deployments
    UNION ALL BY NAME
    SELECT
        'demand' AS kind,
        demander_code AS owner_code,
        addressee_code AS target_code,
        content_type,
        COLUMNS(lambda c: c IN (
            'claim_id', 'claim_date', 'record_id', 'article_id', 'syndicated_from', 'speaker_code', 'speaker_text', 'status',
            'standing'
        ))
    FROM edition.demands
),
folded AS (
    SELECT
        claim_id,
        any_value(kind) AS kind,
        min(claim_date) AS day_first,
        max(claim_date) AS day_last,
        date_trunc('week', min(claim_date))::DATE AS week,
        sorted_codes(any_value(speaker_code)) AS speaker_code,
        arg_min(coalesce(speaker_text, syndicated_from), (claim_date, record_id)) AS speaker_text,
        any_value(CASE
            WHEN is_known(speaker_code) THEN 'actor'
            WHEN speaker_text IS NULL THEN 'outlet'
            ELSE 'unresolved'
        END) AS speaker_kind,
        any_value(owner_code) AS owner_code,
        any_value(target_code) AS target_code,
        any_value(place_relation) AS place_relation,
        any_value(place_ids) AS place_ids,
        any_value(phase) AS phase,
        any_value(content_type) AS content_type,
        any_value(unit_type) AS unit_type,
        any_value(activity) AS activity,
        any_value(status) AS status,
        any_value(standing) AS standing,
        any_value(count_min) AS count_min,
        any_value(count_max) AS count_max,
        any_value(count_unit) AS count_unit,
        any_value(count_scope) AS count_scope,
        count(*) AS mentions,
        count(DISTINCT article_id) AS articles,
        count(DISTINCT syndicated_from) AS independent_sources,
        arg_min(record_id, (claim_date, record_id)) AS record_id
    FROM said
    GROUP BY claim_id
),
keyed AS (
    SELECT
        *,
        coalesce(is_known(owner_code) AND (
            kind = 'deployment' AND len(place_ids) > 0
            OR kind = 'demand' AND is_known(target_code) AND content_type <> 'other'
        ), false) AS is_foldable,
        if(is_foldable, hash_of([
            kind, owner_code, target_code, array_to_string(place_ids, chr(31)), place_relation, content_type, activity, standing,
            CASE
                WHEN phase IN ('considered', 'planned', 'ordered') THEN 'ahead'
                WHEN phase IN ('under_way', 'present', 'rotated') THEN 'there'
                ELSE phase[:8]
            END
        ]), claim_id) AS strict_key,
        if(is_foldable, hash_of([
            kind, principal(owner_code), if(kind = 'demand', principal(target_code), target_code), content_type,
            (standing = 'historical')::VARCHAR
        ]), claim_id) AS loose_key
    FROM folded
),
parted AS (
    SELECT
        *,
        coalesce(day_first - max(day_last) OVER earlier_strict > getvariable('strict_days'), true) AS begins_strict,
        coalesce(day_first - max(day_last) OVER earlier_loose > getvariable('loose_days'), true) AS begins_loose
    FROM keyed
    WINDOW
        earlier_strict AS (
            PARTITION BY strict_key ORDER BY day_first, claim_id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ),
        earlier_loose AS (
            PARTITION BY loose_key ORDER BY day_first, claim_id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        )
)
SELECT
    parted.* EXCLUDE (place_ids, is_foldable, strict_key, loose_key, begins_strict, begins_loose),
    coalesce(place_ids, []) AS place_ids,
    if(is_known(owner_code), principal(owner_code), NULL) AS principal_code,
    hash_of([
        'strict',
        strict_key,
        max(if(begins_strict, day_first, NULL)) OVER (PARTITION BY strict_key ORDER BY day_first, claim_id)::VARCHAR
    ]) AS strict_episode_id,
    hash_of([
        'loose',
        loose_key,
        max(if(begins_loose, day_first, NULL)) OVER (PARTITION BY loose_key ORDER BY day_first, claim_id)::VARCHAR
    ]) AS loose_episode_id
FROM parted
