-- The words that mentions have for places, and which place each means: a city of GeoNames, a region of the codebook, or
-- the country alone. place_id is NULL where neither place nor country is known ("the border").
CREATE TABLE lake.spots AS
WITH plain AS (
    SELECT DISTINCT
        place.text AS words,
        place.country,
        place.geonameid,
        ' ' || lower(place.text) AS ending,
        regexp_replace(ending, '\s+region$', '') AS ending_bare
    FROM (SELECT unnest(places) AS place FROM lake.deployments)
),
-- A region by the longest of its names that the words end with: "Russia's Kursk region", "the Donbas region".
named AS (
    SELECT plain.*, regions.name AS region, regions.kind AS region_kind
    FROM plain
    LEFT JOIN lake.regions AS regions
        ON regions.country IS NOT DISTINCT FROM plain.country
        AND (ends_with(ending, ' ' || regions.words) OR ends_with(ending_bare, ' ' || regions.words))
    QUALIFY row_number() OVER (
        PARTITION BY plain.words, plain.country, plain.geonameid ORDER BY length(regions.words) DESC NULLS LAST, regions.words
    ) = 1
)
SELECT
    named.words,
    named.country,
    named.geonameid,
    CASE
        WHEN countries.code IS NOT NULL THEN countries.code
        WHEN named.geonameid IS NOT NULL THEN 'geonames:' || named.geonameid
        WHEN named.region IS NOT NULL THEN concat_ws(':', named.country, named.region)
        ELSE named.country
    END AS place_id,
    coalesce(named.country, named.region) AS place_code,
    named.region,
    CASE
        WHEN place_id = named.country THEN 'country'
        WHEN cities.geonameid IS NOT NULL THEN 'city'
        ELSE coalesce(named.region_kind, 'region')
    END AS kind
FROM named
LEFT JOIN lake.countries AS countries USING (geonameid)
LEFT JOIN lake.cities AS cities USING (geonameid);
