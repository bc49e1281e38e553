-- The stay is the row of the same AN; PID and time of admission are not compared, both get corrected (S8.2).
-- Of a stay told by two sources the diagnoses are those of the source that stands first (docs/claims.md)
SELECT d.HOSPCODE AS facility, d.person_id, d.row_id, a.row_id AS admission_id,
       CAST(d.DATETIME_ADMIT AS DATE) AS day, d.DIAGTYPE AS kind, normalise(d.DIAGCODE) AS code, 'f43' AS source
FROM DIAGNOSIS_IPD AS d
LEFT JOIN ADMISSION AS a ON a.AN = d.AN
WHERE d.AN NOT IN (
  SELECT c.an
  FROM claimed_stays AS c
  JOIN ADMISSION AS told ON told.AN = c.an
  JOIN first_source AS f ON f.facts = 'admissions' AND f.source = 'claims'
)
UNION ALL
SELECT c.hospital AS facility, c.person_id, c.row_id, c.row_id AS admission_id, CAST(c.admitted_at AS DATE) AS day,
       x.kind, normalise(x.code) AS code, 'claims' AS source
FROM claimed_stays AS c
JOIN (
  SELECT row_id, '1' AS kind, principal_diagnosis AS code
  FROM claimed_stays
  WHERE principal_diagnosis <> ''
  UNION ALL
  SELECT row_id, split_part(said, ':', 2) AS kind, split_part(said, ':', 1) AS code
  FROM (
    SELECT row_id, unnest(string_split(other_diagnoses, ' ')) AS said FROM claimed_stays WHERE other_diagnoses <> ''
  )
) AS x ON x.row_id = c.row_id
WHERE c.an NOT IN (
  SELECT a.AN FROM ADMISSION AS a JOIN first_source AS f ON f.facts = 'admissions' AND f.source = 'f43'
)
