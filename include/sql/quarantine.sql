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
