-- A: those of B with both tests in the period, whether one screening shows both or two show one each
SELECT s.person_id, s.person_id AS counted_id, array_agg(s.row_id) AS row_ids
FROM (
  SELECT person_id, row_id,
         CASE WHEN glucose_test IN ('1', '2', '3', '4') AND glucose > 0 THEN 1 ELSE 0 END AS sugar,
         CASE WHEN sbp > 30 AND dbp > 20 THEN 1 ELSE 0 END AS pressure
  FROM screenings
  WHERE day BETWEEN $start AND $end
) AS s
GROUP BY s.person_id
HAVING max(s.sugar) = 1 AND max(s.pressure) = 1
