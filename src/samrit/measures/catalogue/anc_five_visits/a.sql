-- A: those of B with a visit of the same pregnancy in every window; ANCNO is not tested, week 0 is not recorded
SELECT p.person_id, p.pregnancy_id AS counted_id, array_agg(v.row_id) AS row_ids
FROM pregnancies AS p
JOIN antenatal_visits AS v ON v.person_id = p.person_id AND v.gravida = p.gravida
JOIN windows AS w ON v.week BETWEEN w.first_week AND w.last_week
GROUP BY p.person_id, p.pregnancy_id
HAVING count(DISTINCT w.no) = (SELECT count(*) FROM windows)
