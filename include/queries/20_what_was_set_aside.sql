-- What was captured and is not in these tables, and by which rule?
SELECT day, source, table_name, rule, detail, url, captured_at, warc_file, warc_offset
FROM quarantine
ORDER BY day, source, table_name, rule, url, captured_at, warc_offset, item
