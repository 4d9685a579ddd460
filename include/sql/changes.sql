-- Filled when an edition goes up: a candidate has none.
SELECT * FROM edition.changes
