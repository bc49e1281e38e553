-- B: Thai residents of the age on the census day; pupils are not in the 43 files
SELECT r.person_id, r.person_id AS counted_id, r.row_id
FROM thai_residents AS r
WHERE r.age BETWEEN $age_min AND $age_max
