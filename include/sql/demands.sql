-- The mentions in the first capture of every version of an article: a text captured again says nothing new. Each with
-- its quote, and the claim that it is a mention of.
WITH mentions AS (
    SELECT
        mentions.* REPLACE (
            coalesce(quotes.sentence, mentions.sentence) AS sentence,
            coalesce(quotes.sentence_start, mentions.sentence_start) AS sentence_start,
            coalesce(quotes.sentence_end, mentions.sentence_end) AS sentence_end
        ),
        spot(syndication_id, mentions.sentence, trigger_start - mentions.sentence_start) AS spot,
        articles.syndication_id,
        articles.syndicated_from,
        coalesce(timezone('UTC', mentions.published_at)::DATE, day) AS claim_date,
        standing_of(NULL, status, tense_class) AS standing
    FROM lake.demands AS mentions
    JOIN edition.articles AS articles USING (doc_id, day, source)
    LEFT JOIN lake.quotes AS quotes USING (record_id)
)
SELECT
    mentions.* EXCLUDE (spot),
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
