-- Where do speakers disagree on a figure?
-- Two speakers disagree where one's highest number is below the other's lowest; ranges that meet do not. They are
-- compared only of one kind of force in the very same places: a figure for a region disputes none for its country.
SELECT low.week, low.owner_code, low.place_ids, low.standing, low.unit_type, low.count_scope,
    low.speaker_text AS says_fewer, low.highest AS at_most, high.speaker_text AS says_more, high.lowest AS at_least,
    low.mentions AS mentions_of_fewer, high.mentions AS mentions_of_more,
    low.highest_record_id AS record_of_fewer, high.lowest_record_id AS record_of_more
FROM rival_figures AS low
JOIN rival_figures AS high
    ON high.week = low.week AND high.owner_code = low.owner_code AND high.place_ids = low.place_ids
    AND high.place_relation = low.place_relation AND high.standing = low.standing AND high.unit_type = low.unit_type
    AND high.count_unit = low.count_unit AND high.count_scope IS NOT DISTINCT FROM low.count_scope
WHERE low.highest < high.lowest
ORDER BY low.week, low.owner_code, low.place_ids, high.lowest - low.highest DESC, low.record_id, high.record_id
