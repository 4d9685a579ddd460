-- Which demands were answered, by whom and how?
SELECT claim_date, demander_code, addressee_code, content_type, content_text, response, responder_code, sentence,
    canonical_url, record_id
FROM demands
WHERE response <> 'none'
ORDER BY claim_date, response, record_id
