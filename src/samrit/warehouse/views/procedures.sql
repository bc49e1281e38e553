SELECT p.HOSPCODE AS facility, p.person_id, p.row_id, v.visit_id AS event_id, 'opd' AS setting, p.DATE_SERV AS day,
       normalise(p.PROCEDCODE) AS code
FROM PROCEDURE_OPD AS p
LEFT JOIN (SELECT PID, SEQ, DATE_SERV, min(row_id) AS visit_id FROM SERVICE GROUP BY PID, SEQ, DATE_SERV) AS v
  ON v.PID = p.PID AND v.SEQ = p.SEQ AND v.DATE_SERV = p.DATE_SERV
UNION ALL
SELECT p.HOSPCODE, p.person_id, p.row_id, a.row_id, 'ipd', CAST(p.TIMESTART AS DATE), normalise(p.PROCEDCODE)
FROM PROCEDURE_IPD AS p
LEFT JOIN ADMISSION AS a ON a.AN = p.AN
