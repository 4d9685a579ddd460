-- Every source that was ever run, as its spec says it is, and what came of it.
WITH asked AS (SELECT source, min(day) AS first_day, max(day) AS last_day FROM lake.ledger GROUP BY source),
covered AS (
    SELECT source, count(*) FILTER (WHERE outcome = 'captured') AS days_captured FROM edition.coverage GROUP BY source
),
kept AS (
    SELECT source, count(DISTINCT article_id) AS articles, count(DISTINCT syndicated_from) AS independent_sources
    FROM edition.articles
    GROUP BY source
),
said AS (
    SELECT source, count(*) AS mentions
    FROM (SELECT source FROM edition.deployments UNION ALL SELECT source FROM edition.demands)
    GROUP BY source
)
SELECT
    asked.source,
    specs.* EXCLUDE (source),
    asked.first_day,
    asked.last_day,
    covered.days_captured,
    coalesce(said.mentions, 0) AS mentions,
    coalesce(kept.articles, 0) AS articles,
    coalesce(kept.independent_sources, 0) AS independent_sources
FROM asked
LEFT JOIN lake.specs AS specs USING (source)
LEFT JOIN covered USING (source)
LEFT JOIN said USING (source)
LEFT JOIN kept USING (source)
