-- The words that mentions have for places, and which place each means: a city of GeoNames, a region of the codebook, or
-- the country alone. place_id is NULL where neither place nor country is known ("the border").
CREATE TABLE lake.spots AS
WITH words AS (
    SELECT DISTINCT place.text AS words, place.country, place.geonameid
    FROM (SELECT unnest(places) AS place FROM lake.deployments)
),
plain AS (
    SELECT *, regexp_replace(regexp_replace(lower(words), '^the\s+', ''), '\s+region$', '') AS name FROM words
)
SELECT
    plain.words,
    plain.country,
    plain.geonameid,
    CASE
        WHEN countries.code IS NOT NULL THEN countries.code
        WHEN plain.geonameid IS NOT NULL THEN 'geonames:' || plain.geonameid
        WHEN regions.name IS NOT NULL THEN concat_ws(':', plain.country, regions.name)
        ELSE plain.country
    END AS place_id,
    coalesce(plain.country, regions.name) AS place_code,
    regions.name AS region,
    CASE
        WHEN place_id = plain.country THEN 'country'
        WHEN cities.geonameid IS NOT NULL THEN 'city'
        ELSE coalesce(regions.kind, 'region')
    END AS kind
FROM plain
LEFT JOIN lake.countries AS countries USING (geonameid)
LEFT JOIN lake.cities AS cities USING (geonameid)
LEFT JOIN lake.regions AS regions ON regions.country IS NOT DISTINCT FROM plain.country AND regions.words = plain.name;
