-- Mentions as `first_mentions` has them, each with its quote, the places where it says the force is, and the claim that
-- it is a mention of.
WITH mentions AS (
    SELECT *, standing_of(phase, status, tense_class) AS standing FROM first_mentions('lake.deployments')
),
named AS (
    SELECT
        record_id,
        CASE WHEN place.role IN ('in', 'to') THEN 'in' WHEN place.role IN ('near', 'along') THEN 'near' ELSE 'from' END
            AS relation,
        if(phase IN ('withdrawal_planned', 'withdrawing', 'withdrawn'), ['from', 'in', 'near'], ['in', 'near', 'from'])
            AS preferred,
        spots.place_id,
        spots.place_code,
        spots.kind = 'country' AND bool_or(spots.kind <> 'country') OVER (
            PARTITION BY record_id, relation, spots.country
        ) AS is_named_closer
    FROM (SELECT record_id, phase, unnest(places) AS place FROM mentions)
    JOIN lake.spots AS spots
        ON spots.words = place.text
        AND spots.country IS NOT DISTINCT FROM place.country
        AND spots.geonameid IS NOT DISTINCT FROM place.geonameid
    WHERE spots.place_id IS NOT NULL
),
placed AS (
    SELECT
        record_id,
        relation AS place_relation,
        list_sort(list(DISTINCT place_id)) AS place_ids,
        array_to_string(list_sort(list(DISTINCT place_code)), ';') AS place_code
    FROM named
    WHERE NOT is_named_closer
    GROUP BY record_id, relation, preferred
    QUALIFY row_number() OVER (PARTITION BY record_id ORDER BY list_position(preferred, relation)) = 1
)
SELECT
    mentions.* EXCLUDE (spot),
    placed.place_relation,
    coalesce(placed.place_ids, []) AS place_ids,
    placed.place_code,
    hash_of([
        'deployment',
        date_trunc('week', claim_date)::DATE::VARCHAR,
        speaker_key(speaker_code, speaker_text, syndicated_from, spot),
        if(is_known(force_owner_code), force_owner_code, spot),
        coalesce(array_to_string(placed.place_ids, chr(31)), spot),
        placed.place_relation,
        phase,
        status,
        standing,
        if(unit_type = 'unspecified', 'troops', unit_type),
        activity,
        count_unit,
        count_min::VARCHAR,
        count_max::VARCHAR,
        count_scope
    ]) AS claim_id
FROM mentions
LEFT JOIN placed USING (record_id)
