-- A: those of B with an examined retina in the period, normal or not; a later 8 or 9 (not examined) undoes nothing
SELECT f.person_id, f.person_id AS counted_id, f.row_id
FROM follow_ups AS f
WHERE f.day BETWEEN $start AND $end AND f.retina IN ('1', '2', '3', '4')
