-- Facilities on the list of senders of the 43 files on the census day; whoever is not in the register is on no list
SELECT f.facility
FROM facilities AS f
WHERE f.sends_43 AND $census BETWEEN f.valid_from AND f.valid_to
