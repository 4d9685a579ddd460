-- Every place that a deployment names, with the coordinates of its own. A country has none, nor has a region: the middle
-- of a country is no place where forces were said to be.
WITH named AS (
    SELECT record_id, article_id, syndicated_from, standing, unnest(places) AS place FROM edition.deployments
),
counted AS (
    SELECT
        spots.place_id,
        any_value(spots.country) AS country,
        any_value(spots.geonameid) AS geonameid,
        min(spots.kind) AS kind,
        min(spots.region) AS region,
        bool_or(place.disputed) AS disputed,
        count(DISTINCT record_id) AS mentions,
        count(DISTINCT record_id) FILTER (WHERE standing = 'present') AS mentions_present,
        count(DISTINCT article_id) AS articles,
        count(DISTINCT syndicated_from) AS independent_sources
    FROM named
    JOIN lake.spots AS spots
        ON spots.words = place.text
        AND spots.country IS NOT DISTINCT FROM place.country
        AND spots.geonameid IS NOT DISTINCT FROM place.geonameid
    WHERE spots.place_id IS NOT NULL
    GROUP BY spots.place_id
)
SELECT
    counted.* EXCLUDE (region),
    coalesce(countries.name, cities.name, region, place_id) AS name,
    cities.latitude,
    cities.longitude
FROM counted
LEFT JOIN lake.countries AS countries ON countries.code = place_id
LEFT JOIN lake.cities AS cities ON cities.geonameid = counted.geonameid
