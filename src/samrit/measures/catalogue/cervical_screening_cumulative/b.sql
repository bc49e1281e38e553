-- B: Thai resident women of the age on the census day
SELECT r.person_id, r.person_id AS counted_id, r.row_id
FROM thai_residents AS r
WHERE r.sex = '2' AND r.age BETWEEN $age_min AND $age_max
