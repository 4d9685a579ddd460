-- Mentions as `first_mentions` has them, each with its quote, and the claim that it is a mention of.
-- A content that is longer than a quote may be is cut at a word.
WITH mentions AS (
    SELECT
        *,
        standing_of(NULL, status, tense_class) AS standing,
        if(
            length(content_text) > getvariable('longest_quote'),
            regexp_replace(content_text[:getvariable('longest_quote')], '\s+\S*$', ''),
            content_text
        ) AS quoted
    FROM first_mentions('lake.demands')
)
SELECT
    mentions.* EXCLUDE (spot, quoted) REPLACE (
        quoted AS content_text, content_start + length(quoted) AS content_end
    ),
    hash_of([
        'demand',
        date_trunc('week', claim_date)::DATE::VARCHAR,
        speaker_key(speaker_code, speaker_text, syndicated_from, spot),
        if(is_known(demander_code), demander_code, spot),
        if(is_known(addressee_code), addressee_code, spot),
        if(content_type = 'other', spot, content_type),
        status,
        standing
    ]) AS claim_id
FROM mentions
