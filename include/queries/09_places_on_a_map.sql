-- Which places can be put on a map?
-- Only a place has coordinates. A country has none: its middle is no place where anybody was said to be.
SELECT p.name, p.kind, p.country, p.disputed, p.latitude, p.longitude, p.mentions_present, p.mentions, p.articles,
    p.independent_sources, min(d.record_id) AS record_id
FROM places AS p
LEFT JOIN deployments AS d ON list_contains(d.place_ids, p.place_id)
GROUP BY ALL
ORDER BY p.mentions DESC, p.name, p.country NULLS LAST, p.latitude NULLS LAST
