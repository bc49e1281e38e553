-- The stay is the ADMISSION row of the same AN; PID and time of admission are not compared, both get corrected (S8.2)
SELECT d.HOSPCODE AS facility, d.person_id, d.row_id, a.row_id AS admission_id,
       CAST(d.DATETIME_ADMIT AS DATE) AS day, d.DIAGTYPE AS kind, normalise(d.DIAGCODE) AS code
FROM DIAGNOSIS_IPD AS d
LEFT JOIN ADMISSION AS a ON a.AN = d.AN
