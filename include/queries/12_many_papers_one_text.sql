-- Which texts are carried by several outlets, so that many articles are one source?
SELECT first.outlet AS first_had_by, first.title, count(DISTINCT a.outlet) AS outlets,
    count(DISTINCT a.article_id) AS articles,
    string_agg(DISTINCT a.outlet, '; ' ORDER BY a.outlet) AS carried_by, first.canonical_url, first.doc_id
FROM articles AS a
JOIN articles AS first ON first.doc_id = a.syndication_id
GROUP BY ALL
HAVING count(DISTINCT a.outlet) > 1
ORDER BY outlets DESC, articles DESC, first.doc_id
