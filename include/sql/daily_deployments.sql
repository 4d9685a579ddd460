-- Mentions of deployments; one that names places in two countries counts once for each, and once where it names none.
WITH placed AS (
    SELECT
        *,
        list_distinct(list_filter(list_transform(places, lambda p: p.country), lambda c: c IS NOT NULL)) AS countries
    FROM edition.deployments
),
counted AS (
    SELECT *, unnest(if(len(countries) = 0, [NULL], countries)) AS place_country FROM placed
)
SELECT
    day,
    force_owner_code,
    place_country,
    phase,
    status,
    standing,
    count(*) AS mentions,
    count(DISTINCT article_id) AS articles,
    count(DISTINCT source) AS sources,
    count(DISTINCT syndicated_from) AS independent_sources
FROM counted
GROUP BY ALL
