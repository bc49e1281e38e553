-- A screening of a person at a facility on a day that forms tell of too is told by the source that stands first
SELECT n.HOSPCODE AS facility, n.person_id, n.row_id, n.DATE_SERV AS day, n.SERVPLACE AS place, n.SMOKE AS smoke,
       n.ALCOHOL AS alcohol, n.WEIGHT AS weight, n.HEIGHT AS height, n.WAIST_CM AS waist, n.SBP_1 AS sbp, n.DBP_1 AS dbp,
       n.BSLEVEL AS glucose, n.BSTEST AS glucose_test, 'f43' AS source
FROM NCDSCREEN AS n
WHERE NOT EXISTS (
  SELECT 1
  FROM claimed_screenings AS c
  JOIN first_source AS f ON f.facts = 'screenings' AND f.source = 'claims'
  WHERE c.person_id = n.person_id AND c.day = n.DATE_SERV
)
UNION ALL
SELECT c.hospital, c.person_id, c.row_id, c.day, c.place, c.smoke, c.alcohol, c.weight, c.height, c.waist, c.sbp, c.dbp,
       c.glucose, c.glucose_test, 'claims' AS source
FROM claimed_screenings AS c
WHERE NOT EXISTS (
  SELECT 1
  FROM NCDSCREEN AS n
  JOIN first_source AS f ON f.facts = 'screenings' AND f.source = 'f43'
  WHERE n.person_id = c.person_id AND n.DATE_SERV = c.day
)
