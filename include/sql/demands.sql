-- The mentions in the first capture of every version of an article: a text captured again says nothing new. Each with
-- its quote, and the claim that it is a mention of.
WITH mentions AS (
    SELECT
        mentions.* EXCLUDE (sentence, sentence_start, sentence_end),
        quote_of(
            sentence, sentence_start, getvariable('longest_quote'), trigger_start, trigger_end, content_start, content_end
        ) AS stretch,
        spot(syndication_id, sentence, trigger_start - sentence_start) AS spot,
        articles.syndication_id,
        articles.syndicated_from,
        coalesce(timezone('UTC', mentions.published_at)::DATE, day) AS claim_date,
        standing_of(NULL, status, tense_class) AS standing
    FROM lake.demands AS mentions
    JOIN edition.articles AS articles USING (doc_id, day, source)
)
SELECT
    mentions.* EXCLUDE (stretch, spot),
    stretch.text AS sentence,
    stretch.first AS sentence_start,
    stretch.last AS sentence_end,
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
