-- The visit is the SERVICE row of the same PID, SEQ and day; the smaller row if a day is written in two ways
SELECT d.HOSPCODE AS facility, d.person_id, d.row_id, v.visit_id, d.DATE_SERV AS day, d.DIAGTYPE AS kind,
       normalise(d.DIAGCODE) AS code
FROM DIAGNOSIS_OPD AS d
LEFT JOIN (SELECT PID, SEQ, DATE_SERV, min(row_id) AS visit_id FROM SERVICE GROUP BY PID, SEQ, DATE_SERV) AS v
  ON v.PID = d.PID AND v.SEQ = d.SEQ AND v.DATE_SERV = d.DATE_SERV
