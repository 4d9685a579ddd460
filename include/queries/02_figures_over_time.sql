-- How many troops are said to be where, week by week, and who says so?
-- A row is one speaker's range. Do not add them up, and do not average them: they are rival answers to one question.
SELECT r.week, r.owner_code, r.place_relation, r.place_code, r.count_min, r.count_max, r.count_scope, r.speaker_text,
    r.mentions, r.articles, r.independent_sources, d.sentence, d.canonical_url, r.record_id
FROM rival_figures AS r
JOIN deployments AS d USING (record_id)
WHERE r.standing = 'present' AND r.count_unit = 'persons'
ORDER BY r.week, r.owner_code, r.place_code, r.place_relation, r.count_scope NULLS LAST, r.lowest, r.highest,
    r.record_id
