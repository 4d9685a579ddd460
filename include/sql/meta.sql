-- Facts about this file. Nothing here says when it was made: the same lake gives the same content.
WITH facts(key, value, meaning) AS (
    SELECT 'schema_version', getvariable('schema_version'), 'version of the tables and columns'
    UNION ALL
    SELECT 'first_day', min(day)::VARCHAR, 'first day in the ledger' FROM lake.ledger
    UNION ALL
    SELECT 'last_day', max(day)::VARCHAR, 'last day in the ledger' FROM lake.ledger
    UNION ALL
    SELECT 'days_open', count(*)::VARCHAR, 'days whose gate is open: the mentions here are theirs' FROM lake.gates WHERE is_open
    UNION ALL
    SELECT 'days_closed', count(*)::VARCHAR, 'days whose gate is closed: they are in coverage alone' FROM lake.gates WHERE NOT is_open
    UNION ALL
    SELECT 'extractor_versions', string_agg(DISTINCT extractor || ' ' || extractor_version, ', ' ORDER BY extractor || ' ' || extractor_version), 'what found the mentions'
    FROM (SELECT extractor, extractor_version FROM edition.deployments UNION SELECT extractor, extractor_version FROM edition.demands)
    UNION ALL
    SELECT 'codebook_versions', string_agg(DISTINCT codebook_version, ', ' ORDER BY codebook_version), 'dictionaries they were found with'
    FROM (SELECT codebook_version FROM edition.deployments UNION SELECT codebook_version FROM edition.demands)
)
SELECT key, value, meaning FROM facts
