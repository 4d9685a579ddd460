-- Who demands what of whom?
-- Weeks are added up: claims and mentions can be; articles and independent sources cannot, as one may be in two weeks.
SELECT demander_code, addressee_code, content_type, standing, min(week) AS first_week, max(week) AS last_week,
    sum(claims)::BIGINT AS claims, sum(mentions)::BIGINT AS mentions,
    (
        SELECT min(record_id) FROM demands
        WHERE demands.demander_code IS NOT DISTINCT FROM demand_matrix.demander_code
            AND demands.addressee_code IS NOT DISTINCT FROM demand_matrix.addressee_code
            AND demands.content_type = demand_matrix.content_type AND demands.standing = demand_matrix.standing
    ) AS record_id
FROM demand_matrix
GROUP BY ALL
ORDER BY mentions DESC, demander_code NULLS LAST, addressee_code NULLS LAST, content_type, standing
