-- B: UC residents of the age on the hypertension register before the census day
SELECT r.person_id, r.person_id AS counted_id, array_agg(c.row_id) AS row_ids
FROM uc_residents AS r
JOIN registered_ht AS c ON c.person_id = r.person_id
WHERE r.age >= $age_min
GROUP BY r.person_id
