-- B: pregnancies of Thai residents that ended in the period, abortions (6) left out
SELECT p.person_id, p.pregnancy_id AS counted_id, p.row_id
FROM pregnancies AS p
JOIN thai_residents AS r ON r.person_id = p.person_id
WHERE p.ended_on BETWEEN $start AND $end AND p.birth_type <> '6'
