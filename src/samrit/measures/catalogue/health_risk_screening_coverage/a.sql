-- A: those of B with a form that is complete in one row; blood sugar is not part of it
SELECT s.person_id, s.person_id AS counted_id, s.row_id
FROM screenings AS s
WHERE s.day BETWEEN $start AND $end
  AND s.smoke IN ('1', '2', '3', '4') AND s.alcohol IN ('1', '2', '3', '4')
  AND s.weight > 0 AND s.height > 0 AND s.waist > 0 AND s.sbp > 0 AND s.dbp > 0
