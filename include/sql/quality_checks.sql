-- What the gates saw, on open days and closed ones alike.
SELECT * FROM lake.checks
