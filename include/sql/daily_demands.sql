-- Mentions of demands: who of whom, what, and whether it is asserted.
SELECT
    day,
    demander_code,
    addressee_code,
    content_type,
    status,
    standing,
    count(*) AS mentions,
    count(DISTINCT article_id) AS articles,
    count(DISTINCT source) AS sources,
    count(DISTINCT syndicated_from) AS independent_sources
FROM edition.demands
GROUP BY ALL
