-- A: facility, topic and calendar month with a successful call in the period; the first line of the cell is its number
SELECT CAST(NULL AS BIGINT) AS person_id, max(e.row_id) AS counted_id, array_agg(e.row_id) AS row_ids, e.facility
FROM exchange_uses AS e
WHERE e.success AND e.day BETWEEN $start AND $end
  AND e.topic IN (SELECT topic FROM topics) AND e.facility IN (SELECT facility FROM senders_of_43)
GROUP BY e.facility, e.topic, year(e.day), month(e.day)
