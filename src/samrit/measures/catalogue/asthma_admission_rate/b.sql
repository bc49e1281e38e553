-- B: UC residents of the age on the census day
SELECT r.person_id, r.person_id AS counted_id, r.row_id
FROM uc_residents AS r
WHERE r.age >= $age_min
