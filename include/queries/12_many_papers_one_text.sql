-- Which texts are carried by several outlets, so that many articles are one source?
WITH carried AS (
    SELECT syndication_id, count(DISTINCT outlet) AS outlets, count(DISTINCT article_id) AS articles,
        string_agg(DISTINCT outlet, '; ' ORDER BY outlet) AS carried_by
    FROM articles
    GROUP BY ALL
    HAVING count(DISTINCT outlet) > 1
)
SELECT first.outlet AS first_had_by, first.title, c.outlets, c.articles, c.carried_by, first.canonical_url, first.doc_id
FROM carried AS c
JOIN articles AS first ON first.doc_id = c.syndication_id
ORDER BY c.outlets DESC, c.articles DESC, first.doc_id
