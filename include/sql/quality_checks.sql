-- What the gates of the days saw, on open days and closed ones alike. An edition that was refused is never this one.
SELECT * FROM lake.checks WHERE gate <> 'edition'
