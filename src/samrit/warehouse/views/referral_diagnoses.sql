-- Of the stay (AN) when the referral has one, else of the visit (PID and SEQ); the days are not compared (074)
SELECT r.HOSPCODE AS facility, r.person_id, d.row_id, r.row_id AS referral_id,
       CAST(d.DATETIME_ADMIT AS DATE) AS day, d.DIAGTYPE AS kind, normalise(d.DIAGCODE) AS code
FROM REFER_HISTORY AS r
JOIN DIAGNOSIS_IPD AS d ON d.AN = r.AN
UNION ALL
SELECT r.HOSPCODE, r.person_id, d.row_id, r.row_id, d.DATE_SERV, d.DIAGTYPE, normalise(d.DIAGCODE)
FROM REFER_HISTORY AS r
JOIN DIAGNOSIS_OPD AS d ON d.PID = r.PID AND d.SEQ = r.SEQ
WHERE r.AN = ''
