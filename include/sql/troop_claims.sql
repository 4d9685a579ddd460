-- Every figure of persons with who claims it and when. Ranges keep their bounds: NULL is an open end.
SELECT
    record_id,
    day,
    coalesce(timezone('UTC', published_at)::DATE, day) AS claim_date,
    published_at IS NOT NULL AS claim_date_is_published,
    coalesce(speaker_text, outlet) AS claimed_by,
    COLUMNS(lambda c: c IN (
        'force_owner_code', 'force_text', 'unit_type', 'places', 'phase', 'status', 'tense_class', 'activity',
        'count_text', 'count_min', 'count_max', 'count_approx', 'count_scope', 'count_unit',
        'speaker_text', 'speaker_code', 'sentence', 'outlet', 'canonical_url', 'published_at', 'captured_at',
        'doc_id', 'warc_file', 'warc_offset'
    ))
FROM edition.deployments
WHERE count_unit = 'persons' AND (count_min IS NOT NULL OR count_max IS NOT NULL)
