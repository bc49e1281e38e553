SELECT r.facility, r.person_id, r.row_id, r.day, r.sbp, r.dbp
FROM (
  SELECT facility, person_id, row_id, day, sbp, dbp, row_number() OVER (
    PARTITION BY person_id, day ORDER BY updated_at DESC NULLS LAST, facility, tie, row_id
  ) AS place
  FROM follow_ups
  WHERE sbp BETWEEN 50 AND 300 AND dbp BETWEEN 20 AND 200 AND dbp < sbp
) AS r
WHERE r.place = 1
