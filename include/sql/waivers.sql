-- What people have let through, on open days and closed ones alike.
SELECT * FROM lake.waivers
