-- How many troops are said to be where, week by week, and who says so?
-- A row is one speaker's range. Do not add them up, and do not average them: they are rival answers to one question.
-- The sentence names the lowest number of it; where another one names the highest, that stands beside it.
SELECT r.week, r.owner_code, r.place_relation, r.place_ids, r.unit_type, r.count_min, r.count_max, r.count_scope,
    r.speaker_text, r.mentions, r.articles, r.independent_sources, least.sentence, least.canonical_url,
    if(r.highest > r.lowest, most.sentence, NULL) AS sentence_of_highest, r.lowest_record_id, r.highest_record_id
FROM rival_figures AS r
JOIN deployments AS least ON least.record_id = r.lowest_record_id
JOIN deployments AS most ON most.record_id = r.highest_record_id
WHERE r.standing = 'present' AND r.count_unit = 'persons'
ORDER BY r.week, r.owner_code, r.place_ids, r.place_relation, r.unit_type, r.count_scope NULLS LAST, r.lowest,
    r.highest, r.record_id
