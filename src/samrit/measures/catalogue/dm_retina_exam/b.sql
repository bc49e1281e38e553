-- B: Thai residents on the diabetes register before the census day
SELECT r.person_id, r.person_id AS counted_id, array_agg(c.row_id) AS row_ids
FROM thai_residents AS r
JOIN registered_dm AS c ON c.person_id = r.person_id
GROUP BY r.person_id
