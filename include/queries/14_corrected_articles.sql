-- Which articles were changed after they were captured, and what does the new version say that the old one did not?
-- Both versions stay, each with its mentions; a claim that stands in one version alone was added or taken back.
WITH versions AS (
    SELECT article_id, doc_id, outlet, title, canonical_url, captured_at,
        row_number() OVER (PARTITION BY article_id ORDER BY captured_at, doc_id) AS version,
        count(*) OVER (PARTITION BY article_id) AS versions
    FROM articles
),
said AS (
    SELECT doc_id, claim_id, count_text, sentence, record_id FROM deployments
    UNION ALL
    SELECT doc_id, claim_id, NULL, sentence, record_id FROM demands
)
SELECT v.outlet, v.title, v.version, v.versions, v.captured_at, s.count_text, s.sentence, v.canonical_url, s.record_id
FROM versions AS v
LEFT JOIN said AS s
    ON s.doc_id = v.doc_id
    AND NOT EXISTS (
        FROM said AS other JOIN versions AS o ON o.doc_id = other.doc_id
        WHERE o.article_id = v.article_id AND o.doc_id <> v.doc_id AND other.sentence = s.sentence
    )
WHERE v.versions > 1
ORDER BY v.outlet, v.article_id, v.version, s.record_id
