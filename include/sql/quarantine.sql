-- What was captured on open days and is in no other table.
SELECT
    day,
    source,
    'documents' AS table_name,
    rule,
    detail,
    url,
    captured_at,
    warc_file,
    warc_offset,
    item,
    NULL::VARCHAR AS doc_id,
    NULL::VARCHAR AS record_id
FROM lake.quarantine
UNION ALL
-- Mentions that broke a rule, with the capture of their document.
SELECT
    held.day,
    held.source,
    held.table_name,
    held.rule,
    held.detail,
    documents.url,
    documents.captured_at,
    documents.warc_file,
    documents.warc_offset,
    NULL AS item,
    held.doc_id,
    held.record_id
FROM lake.held AS held
LEFT JOIN lake.documents AS documents USING (day, source, doc_id)
