-- A: those of B with an assessed level (0-4, 8, 9) up to the end of the period; once is enough, of any year
SELECT f.person_id, f.person_id AS counted_id, f.row_id
FROM functional_assessments AS f
WHERE f.qualifier IN ('0', '1', '2', '3', '4', '8', '9') AND f.day <= $end
