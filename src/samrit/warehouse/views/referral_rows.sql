-- A referral's diagnoses are those of its stay (AN) when it has one, else of its visit (PID and SEQ); of several principal
-- ones the one with the latest D_UPDATE stands (S8.2). Without one: the diagnosis as written, last before first, when it
-- looks like a code (074). What is written is free text: it leaves the vault only as a code.
WITH referred AS (
  SELECT *, normalise(DIAGLAST) AS last_code, normalise(DIAGFIRST) AS first_code FROM REFER_HISTORY
),
found AS (
  SELECT r.REFERID AS number, normalise(d.DIAGCODE) AS code, d.D_UPDATE AS updated_at
  FROM REFER_HISTORY AS r
  JOIN DIAGNOSIS_IPD AS d ON d.AN = r.AN
  WHERE d.DIAGTYPE = '1'
  UNION ALL
  SELECT r.REFERID, normalise(d.DIAGCODE), d.D_UPDATE
  FROM REFER_HISTORY AS r
  JOIN DIAGNOSIS_OPD AS d ON d.PID = r.PID AND d.SEQ = r.SEQ
  WHERE r.AN = '' AND d.DIAGTYPE = '1'
),
principal AS (
  SELECT number, code
  FROM (
    SELECT number, code,
           row_number() OVER (PARTITION BY number ORDER BY updated_at DESC NULLS LAST, code) AS place
    FROM found
  )
  WHERE place = 1
)
SELECT r.HOSPCODE AS facility, r.person_id, r.row_id, r.row_id AS referral_id, r.REFERID AS number,
       r.HOSP_DESTINATION AS destination, CAST(r.DATETIME_REFER AS DATE) AS referred_on, r.CAUSEOUT AS cause,
       CASE WHEN p.code <> '' THEN p.code
            WHEN r.last_code SIMILAR TO '[A-Z][0-9]{2}[A-Z0-9]{0,3}' THEN r.last_code
            WHEN r.first_code SIMILAR TO '[A-Z][0-9]{2}[A-Z0-9]{0,3}' THEN r.first_code
            ELSE '' END AS principal_diagnosis
FROM referred AS r
LEFT JOIN principal AS p ON p.number = r.REFERID
