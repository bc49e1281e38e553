-- A: those of B visited at home on enough different days of the period
SELECT c.person_id, c.person_id AS counted_id, array_agg(c.row_id) AS row_ids
FROM community_services AS c
WHERE in_codelist(c.code, 'home_visit') AND c.day BETWEEN $start AND $end
GROUP BY c.person_id
HAVING count(DISTINCT c.day) >= $visits
