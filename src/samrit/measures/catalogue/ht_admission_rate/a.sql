-- A: UC stays for hypertension or its complications; the patient need not be in B
SELECT s.person_id, s.admission_id AS counted_id, s.row_id
FROM uc_admissions AS s
JOIN ht_admissions AS h ON h.admission_id = s.admission_id
