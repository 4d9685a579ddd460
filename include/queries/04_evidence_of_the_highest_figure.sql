-- Which sentences stand behind the highest figure of present forces, and where do the captured bytes lie?
-- Three counts go with a figure: mentions, articles, and outlets that had the text first. Forty copies are one.
WITH highest AS (
    SELECT claim_id, mentions, articles, independent_sources
    FROM claims
    WHERE kind = 'deployment' AND standing = 'present' AND count_unit = 'persons'
        AND owner_code IS NOT NULL AND target_code IS NOT NULL
    ORDER BY coalesce(count_max, count_min) DESC NULLS LAST, mentions DESC, claim_id
    LIMIT 1
)
SELECT d.count_text, d.force_owner_code, d.place_code, coalesce(d.speaker_text, d.outlet) AS said_by, d.outlet,
    d.published_at, highest.mentions, highest.articles, highest.independent_sources, d.sentence, d.canonical_url,
    d.warc_file, d.warc_offset, d.record_id
FROM highest
JOIN deployments AS d USING (claim_id)
ORDER BY d.published_at NULLS LAST, d.record_id
