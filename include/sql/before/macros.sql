-- Rules that several tables share: docs/choices.md ("Folding") says why they are so.

-- Where what is claimed stands. Only 'present' is summed as what is there now, or, of a demand, as being made.
CREATE MACRO standing_of(phase, status, tense_class) AS CASE
    WHEN status IN ('denied', 'refused', 'negated') THEN 'denied'
    WHEN status = 'hypothetical' THEN 'hypothetical'
    WHEN tense_class = 'historical' THEN 'historical'
    WHEN tense_class = 'future' OR phase IN ('considered', 'planned', 'ordered', 'withdrawal_planned') THEN 'planned'
    WHEN phase IN ('withdrawing', 'withdrawn') THEN 'withdrawn'
    ELSE 'present'
END;

-- A code that names one actor: not '---CVL' (of an unknown nation) and not 'IGO' (some body or other).
CREATE MACRO is_known(code) AS coalesce(NOT regexp_matches(code, '---|(^|;)IGO(;|$)'), false);

-- The actor behind a code, its state's organs taken together: RUSMIL and RUSGOV are RUS, but LBNREB is not LBN.
CREATE MACRO principal(code) AS
    if(regexp_matches(code, '^[A-Z]{3}(GOV|MIL|LEG|JUD|COP|SPY)$') AND NOT starts_with(code, 'IGO'), left(code, 3), code);

-- One speaker whatever order several codes were read in.
CREATE MACRO sorted_codes(codes) AS array_to_string(list_sort(list_distinct(string_split(codes, ';'))), ';');

-- What is unknown is the same only at the same spot of the same sentence of one text, its copies included.
CREATE MACRO spot(syndication_id, sentence, begins) AS concat_ws(chr(31), syndication_id, begins, sentence);

-- Who speaks: the actor; where none is named, the outlet that had the text first; a stranger is known by the spot alone.
CREATE MACRO speaker_key(speaker_code, speaker_text, syndicated_from, spot) AS CASE
    WHEN is_known(speaker_code) THEN sorted_codes(speaker_code)
    WHEN speaker_text IS NULL THEN 'outlet' || chr(31) || syndicated_from
    ELSE spot
END;

-- A hash of parts, where nothing is told from emptiness: 40 hexadecimal digits, the same for ever.
CREATE MACRO hash_of(parts) AS
    sha1(array_to_string(list_transform(parts, lambda part: coalesce(length(part) || ':' || part, '-')), chr(30)));

-- The mentions in the first capture of every version of an article: a text captured again says nothing new. With their
-- quotes, and with what their claims are known by.
CREATE MACRO first_mentions(lake_table) AS TABLE
SELECT
    mentions.* REPLACE (
        coalesce(quotes.sentence, mentions.sentence) AS sentence,
        coalesce(quotes.sentence_start, mentions.sentence_start) AS sentence_start,
        coalesce(quotes.sentence_end, mentions.sentence_end) AS sentence_end
    ),
    spot(syndication_id, mentions.sentence, trigger_start - mentions.sentence_start) AS spot,
    articles.syndication_id,
    articles.syndicated_from,
    coalesce(timezone('UTC', mentions.published_at)::DATE, day) AS claim_date
FROM query_table(lake_table) AS mentions
JOIN edition.articles AS articles USING (doc_id, day, source)
LEFT JOIN lake.quotes AS quotes USING (record_id);
