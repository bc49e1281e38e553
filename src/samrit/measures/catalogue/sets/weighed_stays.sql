-- Stays of any right and outcome that ended in the period and were grouped (DRG is no error 265xx and not 00000) and weighed
SELECT s.person_id, s.admission_id, s.row_id, s.facility, s.adjrw
FROM admissions AS s
WHERE s.discharged_on BETWEEN $start AND $end
  AND s.drg <> '' AND s.drg <> '00000' AND NOT starts_with(s.drg, '265')
  AND s.rw > 0 AND s.adjrw > 0
