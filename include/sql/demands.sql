-- The mentions in the first capture of every version of an article: a text captured again says nothing new.
SELECT mentions.*, articles.syndication_id
FROM lake.demands AS mentions
JOIN edition.articles AS articles USING (doc_id, day, source)
