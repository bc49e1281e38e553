-- One row per stay; of several principal diagnoses the one with the latest D_UPDATE stands (S8.1, S8.2)
WITH principal AS (
  SELECT AN, code
  FROM (
    SELECT AN, normalise(DIAGCODE) AS code,
           row_number() OVER (PARTITION BY AN ORDER BY D_UPDATE DESC NULLS LAST, normalise(DIAGCODE)) AS place
    FROM DIAGNOSIS_IPD
    WHERE DIAGTYPE = '1'
  )
  WHERE place = 1
)
SELECT a.HOSPCODE AS facility, a.person_id, a.row_id, a.row_id AS admission_id,
       row_number() OVER (ORDER BY a.AN) AS stay_no, a.INSTYPE AS insurance,
       a.DATETIME_ADMIT AS admitted_at, CAST(a.DATETIME_ADMIT AS DATE) AS admitted_on,
       CASE WHEN ended THEN a.DATETIME_DISCH END AS discharged_at,
       CASE WHEN ended THEN CAST(a.DATETIME_DISCH AS DATE) END AS discharged_on,
       a.DISCHTYPE IN ('8', '9') OR a.DISCHSTATUS IN ('8', '9') AS died, a.DISCHTYPE = '4' AS transferred,
       coalesce(p.code, '') AS principal_diagnosis,
       CASE WHEN a.DRG SIMILAR TO '[0-9]{1,5}' THEN lpad(a.DRG, 5, '0') ELSE a.DRG END AS drg, a.RW AS rw, a.ADJRW AS adjrw
FROM (
  SELECT *, DATETIME_ADMIT IS NULL OR CAST(DATETIME_DISCH AS DATE) >= CAST(DATETIME_ADMIT AS DATE) AS ended
  FROM ADMISSION
) AS a
LEFT JOIN principal AS p ON p.AN = a.AN
