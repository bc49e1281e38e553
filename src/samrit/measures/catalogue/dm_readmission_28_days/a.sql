-- A: those of B that a stay belongs to which began within the days; it may be elsewhere and after the period
SELECT r.person_id, r.left_id AS counted_id, r.facility, r.row_id
FROM returns AS r
WHERE r.disease = 'dm' AND r.days <= $days
