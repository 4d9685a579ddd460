-- Who demands what of whom, week by week. NULL stands for all who are not named or not resolved: nobody in particular.
SELECT
    date_trunc('week', claim_date)::DATE AS week,
    demander_code,
    addressee_code,
    content_type,
    status,
    standing,
    count(DISTINCT claim_id) AS claims,
    count(*) AS mentions,
    count(DISTINCT article_id) AS articles,
    count(DISTINCT syndicated_from) AS independent_sources
FROM edition.demands
GROUP BY ALL
