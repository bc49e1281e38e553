-- B: UC stays for diabetes that ended in the period, alive and not by transfer, at the hospital that was left
SELECT s.person_id, s.admission_id AS counted_id, s.facility, s.row_id
FROM index_stays AS s
WHERE s.disease = 'dm'
