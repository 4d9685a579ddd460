-- The quotes of mentions whose sentence is too long to be published whole: the words around the trigger, with the force or
-- the content as far as it fits. Offsets in code points; `lo` to `hi`, counted from the sentence's start, must be shown.
CREATE TABLE lake.quotes AS
WITH long AS (
    SELECT
        record_id,
        sentence,
        sentence_start,
        trigger_start - sentence_start AS trigger_from,
        least(trigger_end - trigger_start, getvariable('longest_quote')) + trigger_start - sentence_start AS trigger_to,
        coalesce(argument_start, trigger_start) - sentence_start AS argument_from,
        coalesce(argument_end, trigger_end) - sentence_start AS argument_to,
        getvariable('longest_quote') AS longest
    FROM (
        SELECT *, force_start AS argument_start, force_end AS argument_end FROM lake.deployments
        UNION ALL BY NAME
        SELECT *, content_start AS argument_start, content_end AS argument_end FROM lake.demands
    )
    WHERE length(sentence) > getvariable('longest_quote')
    QUALIFY row_number() OVER (PARTITION BY record_id ORDER BY day, source) = 1
),
-- Trigger and argument together, or else the beginning of the argument, or else the trigger alone.
tried AS (
    SELECT
        *,
        unnest([1, 2, 3]) AS nth,
        unnest([least(trigger_from, argument_from), least(trigger_from, argument_from), trigger_from]) AS lo,
        unnest([greatest(trigger_to, argument_to), greatest(trigger_to, argument_from), trigger_to]) AS hi
    FROM long
),
shown AS (
    SELECT * FROM tried WHERE hi - lo <= longest QUALIFY row_number() OVER (PARTITION BY record_id ORDER BY nth) = 1
),
-- The sentence's beginning where that is enough, or else what must be shown, in the middle.
begun AS (
    SELECT
        *,
        if(hi <= longest, 0, greatest(0, least(lo - (longest - (hi - lo)) // 2, length(sentence) - longest))) AS first
    FROM shown
),
-- Both ends move inwards to whole words, never into what must be shown.
ended AS (
    SELECT
        *,
        if(first = 0, 0, length(regexp_extract(substring(sentence, first + 1, lo - first), '^\S*\s+'))) AS cut_before,
        if(
            first + longest >= length(sentence),
            length(sentence) - first - longest,
            -length(regexp_extract(substring(sentence, hi + 1, first + longest - hi), '\s+\S*$'))
        ) AS cut_after
    FROM begun
)
SELECT
    record_id,
    substring(sentence, first + cut_before + 1, longest + cut_after - cut_before) AS sentence,
    sentence_start + first + cut_before AS sentence_start,
    sentence_start + first + longest + cut_after AS sentence_end
FROM ended
