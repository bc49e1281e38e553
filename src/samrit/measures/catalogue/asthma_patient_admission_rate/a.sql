-- A: UC stays for asthma; the patient need not be in B
SELECT s.person_id, s.admission_id AS counted_id, s.row_id
FROM uc_admissions AS s
WHERE in_codelist(s.principal_diagnosis, 'asthma')
