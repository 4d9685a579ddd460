-- What did each edition change, and why?
-- `rows` adds up: over all editions, added less removed is what a table holds.
SELECT
    edition,
    reason,
    table_name,
    what,
    min(day) AS first_day,
    max(day) AS last_day,
    sum(rows)::BIGINT AS rows,
    min(key) AS example
FROM changes
GROUP BY edition, reason, table_name, what
ORDER BY edition, table_name, what, reason
