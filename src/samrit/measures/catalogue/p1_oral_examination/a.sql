-- A: those of B with any dental examination in the period; kind of patient and school are not tested
SELECT v.person_id, v.person_id AS counted_id, v.row_id
FROM dental_visits AS v
WHERE v.day BETWEEN $start AND $end
