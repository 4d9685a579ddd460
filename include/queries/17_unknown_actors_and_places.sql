-- Which actors and places does it not know, and how often do they come?
-- Their mentions are there, with NULL for the code: they are in no sum of an owner or place.
SELECT 'deployment' AS kind, unresolved, force_owner_text AS words, count(*) AS mentions,
    count(DISTINCT article_id) AS articles, count(DISTINCT syndicated_from) AS independent_sources,
    arg_min(sentence, record_id) AS sentence, min(record_id) AS record_id
FROM deployments
WHERE unresolved IS NOT NULL
GROUP BY ALL
UNION ALL
SELECT 'demand', unresolved, concat_ws(' -> ', demander_text, addressee_text), count(*), count(DISTINCT article_id),
    count(DISTINCT syndicated_from), arg_min(sentence, record_id), min(record_id)
FROM demands
WHERE unresolved IS NOT NULL
GROUP BY ALL
ORDER BY mentions DESC, kind, unresolved, words NULLS LAST, record_id
