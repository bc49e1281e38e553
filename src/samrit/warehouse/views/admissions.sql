-- One row per stay; of several principal diagnoses the one with the latest D_UPDATE stands (S8.1, S8.2).
-- A stay that claims tell of too is told by the source that stands first (docs/claims.md)
WITH principal AS (
  SELECT AN, code
  FROM (
    SELECT AN, normalise(DIAGCODE) AS code,
           row_number() OVER (PARTITION BY AN ORDER BY D_UPDATE DESC NULLS LAST, normalise(DIAGCODE)) AS place
    FROM DIAGNOSIS_IPD
    WHERE DIAGTYPE = '1'
  )
  WHERE place = 1
),
told AS (
  SELECT 'f43' AS source, a.AN AS an, a.HOSPCODE AS facility, a.person_id, a.row_id, a.INSTYPE AS insurance,
         a.DATETIME_ADMIT AS admitted_at, a.DATETIME_DISCH AS left_at, coalesce(p.code, '') AS principal_diagnosis,
         a.DISCHTYPE AS discharge_type, a.DISCHSTATUS AS discharge_status, a.DRG AS drg, a.RW AS rw, a.ADJRW AS adjrw
  FROM ADMISSION AS a
  LEFT JOIN principal AS p ON p.AN = a.AN
  WHERE a.AN NOT IN (
    SELECT c.an FROM claimed_stays AS c JOIN first_source AS f ON f.facts = 'admissions' AND f.source = 'claims'
  )
  UNION ALL
  SELECT 'claims' AS source, c.an, c.hospital, c.person_id, c.row_id, c.insurance, c.admitted_at, c.discharged_at,
         normalise(c.principal_diagnosis), c.discharge_type, c.discharge_status, c.drg, c.rw, c.adjrw
  FROM claimed_stays AS c
  WHERE c.an NOT IN (
    SELECT a.AN FROM ADMISSION AS a JOIN first_source AS f ON f.facts = 'admissions' AND f.source = 'f43'
  )
)
SELECT facility, person_id, row_id, row_id AS admission_id, row_number() OVER (ORDER BY an) AS stay_no, insurance,
       admitted_at, CAST(admitted_at AS DATE) AS admitted_on,
       CASE WHEN ended THEN left_at END AS discharged_at, CASE WHEN ended THEN CAST(left_at AS DATE) END AS discharged_on,
       discharge_type IN ('8', '9') OR discharge_status IN ('8', '9') AS died, discharge_type = '4' AS transferred,
       principal_diagnosis,
       CASE WHEN drg SIMILAR TO '[0-9]{1,5}' THEN lpad(drg, 5, '0') ELSE drg END AS drg, rw, adjrw, source
FROM (
  SELECT *, admitted_at IS NULL OR CAST(left_at AS DATE) >= CAST(admitted_at AS DATE) AS ended
  FROM told
)
