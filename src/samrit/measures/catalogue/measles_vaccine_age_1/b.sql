-- B: Thai residents born in the twelve months before the period
SELECT r.person_id, r.person_id AS counted_id, r.row_id
FROM thai_residents AS r
WHERE r.birth_date >= years_before($start, 1) AND r.birth_date < $start
