-- B: Thai residents with any chronic disease registered before the census day and still in treatment (03)
SELECT r.person_id, r.person_id AS counted_id, array_agg(c.row_id) AS row_ids
FROM thai_residents AS r
JOIN chronic_register AS c ON c.person_id = r.person_id
WHERE c.status = '03' AND c.diagnosed_on < $census
GROUP BY r.person_id
