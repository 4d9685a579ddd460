-- What is new on the newest day that brought anything?
-- A mention is new on the day on which its text was captured first. Look at `standing`: not all of it is there.
SELECT d.force_owner_code, d.place_code, d.standing, d.phase, d.count_text,
    coalesce(d.speaker_text, d.outlet) AS said_by, d.sentence, d.canonical_url, d.record_id
FROM deployments AS d
WHERE d.day = (SELECT max(day) FROM deployments)
ORDER BY d.force_owner_code NULLS LAST, d.place_code NULLS LAST, d.standing, d.count_max DESC NULLS LAST, d.record_id
