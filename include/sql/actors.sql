-- The actors of the codebook, and those that mentions make of a state and a sector.
WITH roles AS (
    SELECT
        'deployment' || record_id AS mention,
        article_id,
        syndicated_from,
        [force_owner_code, command_code, on_side_of_code, against_code] || string_split(coalesce(speaker_code, ''), ';')
            AS codes
    FROM edition.deployments
    UNION ALL
    SELECT
        'demand' || record_id AS mention,
        article_id,
        syndicated_from,
        [demander_code, addressee_code, responder_code] || string_split(coalesce(speaker_code, ''), ';') AS codes
    FROM edition.demands
),
counted AS (
    SELECT
        code,
        count(DISTINCT mention) AS mentions,
        count(DISTINCT article_id) AS articles,
        count(DISTINCT syndicated_from) AS independent_sources
    FROM (SELECT * EXCLUDE (codes), unnest(codes) AS code FROM roles)
    WHERE code <> ''
    GROUP BY code
),
named AS (
    SELECT
        coalesce(codebook.code, counted.code) AS code,
        nullif(substring(coalesce(codebook.code, counted.code), 4, 3), '') AS sector,
        coalesce(codebook.known_as, []) AS known_as,
        coalesce(mentions, 0) AS mentions,
        coalesce(articles, 0) AS articles,
        coalesce(independent_sources, 0) AS independent_sources
    FROM lake.actors AS codebook
    FULL JOIN counted ON counted.code = codebook.code
)
SELECT
    named.code,
    CASE
        WHEN named.code = 'IGO' THEN 'an international body'
        WHEN starts_with(named.code, 'IGO') THEN coalesce(named.known_as[1], named.code)
        ELSE concat_ws(
            ': ',
            if(starts_with(named.code, '---'), 'of an unknown nation', coalesce(states.known_as[1], left(named.code, 3))),
            sectors.name
        )
    END AS name,
    named.known_as,
    CASE
        WHEN starts_with(named.code, 'IGO') THEN 'body'
        WHEN sector IS NULL THEN 'state'
        WHEN sector IN ('GOV', 'MIL', 'COP', 'LEG', 'JUD', 'SPY') THEN 'organ'
        WHEN sector IN ('REB', 'UAF', 'SEP') THEN 'armed_group'
        ELSE 'society'
    END AS kind,
    if(regexp_matches(named.code, '^(IGO|---)'), NULL, left(named.code, 3)) AS country,
    if(starts_with(named.code, 'IGO'), NULL, sector) AS sector,
    principal(named.code) AS principal_code,
    named.mentions,
    named.articles,
    named.independent_sources
FROM named
LEFT JOIN lake.actors AS states ON states.code = left(named.code, 3) AND NOT starts_with(named.code, 'IGO')
LEFT JOIN lake.sectors AS sectors ON sectors.code = named.sector
