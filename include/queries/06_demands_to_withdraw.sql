-- Whose withdrawal is demanded, by whom, in which words?
SELECT d.claim_date, d.demander_code, d.addressee_code, d.status, d.content_text,
    coalesce(d.speaker_text, d.outlet) AS said_by, d.outlet, d.sentence, d.canonical_url, d.record_id
FROM demands AS d
WHERE d.content_type = 'withdraw_forces'
ORDER BY d.claim_date, d.demander_code NULLS LAST, d.addressee_code NULLS LAST, d.record_id
