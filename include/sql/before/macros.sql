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

-- The stretch of a sentence that its quote must show, from its first code point: trigger and main argument together,
-- or as much of the argument as fits.
CREATE MACRO shown(longest, trigger_from, trigger_to, argument_from, argument_to) AS CASE
    WHEN greatest(trigger_to, argument_to) - least(trigger_from, argument_from) <= longest
        THEN {'lo': least(trigger_from, argument_from), 'hi': greatest(trigger_to, argument_to)}
    WHEN greatest(trigger_to, argument_from) - least(trigger_from, argument_from) <= longest
        THEN {'lo': least(trigger_from, argument_from), 'hi': greatest(trigger_to, argument_from)}
    ELSE {'lo': trigger_from, 'hi': least(trigger_to, trigger_from + longest)}
END;

-- The longest window of a sentence around what is shown: its beginning where that is enough.
CREATE MACRO window_around(sentence, longest, shown) AS {
    'lo': shown.lo,
    'hi': shown.hi,
    'first': if(
        shown.hi <= longest,
        0,
        greatest(0, least(shown.lo - (longest - (shown.hi - shown.lo)) // 2, length(sentence) - longest))
    )
};

-- Its ends moved inwards to whole words, never into what is shown.
CREATE MACRO at_words(sentence, longest, seen) AS {
    'first': seen.first + if(
        seen.first = 0,
        0,
        length(regexp_extract(substring(sentence, seen.first + 1, seen.lo - seen.first), '^\S*\s+'))
    ),
    'last': if(
        seen.first + longest >= length(sentence),
        length(sentence),
        seen.first + longest
            - length(regexp_extract(substring(sentence, seen.hi + 1, seen.first + longest - seen.hi), '\s+\S*$'))
    )
};

CREATE MACRO taken(sentence, sentence_start, seen) AS {
    'text': substring(sentence, seen.first + 1, seen.last - seen.first),
    'first': sentence_start + seen.first,
    'last': sentence_start + seen.last
};

-- The quote: the sentence, or of a long one the window around trigger and argument; offsets into the document's text.
CREATE MACRO quote_of(sentence, sentence_start, longest, trigger_start, trigger_end, argument_start, argument_end) AS if(
    length(sentence) <= longest,
    {'text': sentence, 'first': sentence_start, 'last': sentence_start + length(sentence)},
    taken(sentence, sentence_start, at_words(sentence, longest, window_around(sentence, longest, shown(
        longest,
        trigger_start - sentence_start,
        trigger_end - sentence_start,
        coalesce(argument_start, trigger_start) - sentence_start,
        coalesce(argument_end, trigger_end) - sentence_start
    ))))
);
