-- Which checks did not pass, on which days, and what was seen?
SELECT day, gate, table_name, severity, meaning, observed, rows_failed, rows_checked, check_id
FROM quality_checks
WHERE NOT passed AND severity <> 'info'
ORDER BY day, severity, gate, check_id
