-- A: those of B with evidence of a screening in the period
SELECT e.person_id, e.person_id AS counted_id, e.row_id
FROM cervical_evidence AS e
WHERE e.day BETWEEN $start AND $end
