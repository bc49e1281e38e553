-- B: Thai residents with a registered disability found up to the end of the period
SELECT r.person_id, r.person_id AS counted_id, array_agg(d.row_id) AS row_ids
FROM thai_residents AS r
JOIN disabilities AS d ON d.person_id = r.person_id
WHERE d.registered AND d.detected_on <= $end
GROUP BY r.person_id
