-- Returns: every stay with the one it belongs to, of those begun before it the last that ended by its first day (S9.3)
SELECT disease, person_id, facility, left_id, row_id, days
FROM (
  SELECT back.disease, back.person_id, l.facility, l.admission_id AS left_id, back.row_id,
         date_diff('day', l.discharged_on, back.admitted_on) AS days,
         row_number() OVER (
           PARTITION BY back.disease, back.admission_id ORDER BY l.discharged_at DESC, l.place DESC
         ) AS nearness
  FROM followed_stays AS back
  JOIN followed_stays AS l ON l.disease = back.disease AND l.person_id = back.person_id
    AND l.place < back.place AND l.discharged_on <= back.admitted_on
) AS r
WHERE nearness = 1
