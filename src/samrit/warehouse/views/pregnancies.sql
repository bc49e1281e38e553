SELECT r.facility, r.person_id, r.row_id, r.row_id AS pregnancy_id, r.gravida, r.ended_on, r.birth_type, r.place
FROM (
  SELECT facility, person_id, row_id, gravida, ended_on, birth_type, place, row_number() OVER (
    PARTITION BY person_id, gravida ORDER BY updated_at DESC NULLS LAST, facility, tie, ended_on, row_id
  ) AS position
  FROM births
  WHERE gravida IS NOT NULL
) AS r
WHERE r.position = 1
