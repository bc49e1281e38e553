-- A: those of B whose last days with a reading in the period were all below 140/90; fewer days: not controlled
SELECT r.person_id, r.person_id AS counted_id, array_agg(r.row_id) AS row_ids
FROM (
  SELECT person_id, sbp, dbp, row_id, row_number() OVER (PARTITION BY person_id ORDER BY day DESC) AS back
  FROM blood_pressures
  WHERE day BETWEEN $start AND $end
) AS r
WHERE r.back <= $readings
GROUP BY r.person_id
HAVING count(*) = $readings AND max(r.sbp) < 140 AND max(r.dbp) < 90
