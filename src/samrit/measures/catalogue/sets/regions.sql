-- The health region of each facility on the census day, where it is known
SELECT f.facility, f.region
FROM facilities AS f
WHERE f.region <> '' AND $census BETWEEN f.valid_from AND f.valid_to
