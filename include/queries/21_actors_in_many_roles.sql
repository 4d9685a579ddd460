-- Who is spoken of most, and in which role?
SELECT a.code, a.name, a.kind, a.country,
    (SELECT count(*) FROM deployments WHERE force_owner_code = a.code) AS forces,
    (SELECT count(*) FROM demands WHERE demander_code = a.code) AS demands,
    (SELECT count(*) FROM demands WHERE addressee_code = a.code) AS is_asked,
    (SELECT count(*) FROM claims WHERE list_contains(string_split(speaker_code, ';'), a.code)) AS claims_as_speaker,
    a.mentions, a.articles, a.independent_sources
FROM actors AS a
WHERE a.mentions > 0
ORDER BY a.mentions DESC, a.code
