-- B: UC residents of the age who are asthma patients by the register or by a diagnosis of the year before
SELECT r.person_id, r.person_id AS counted_id, array_agg(c.row_id) AS row_ids
FROM uc_residents AS r
JOIN asthma_patients AS c ON c.person_id = r.person_id
WHERE r.age >= $age_min
GROUP BY r.person_id
