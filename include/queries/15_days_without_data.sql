-- For which days and sources is it not known what was published?
-- No row of mentions then means nothing: it is not a zero. Sources with the same reason on a day share a row.
SELECT day, outcome, reason, count(*) AS sources, string_agg(source, ', ' ORDER BY source) AS which
FROM coverage
WHERE outcome <> 'captured' OR documents IS NULL
GROUP BY ALL
ORDER BY day, outcome, reason NULLS LAST
