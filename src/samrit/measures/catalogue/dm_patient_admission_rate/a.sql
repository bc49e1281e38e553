-- A: UC stays with a short-term complication of diabetes; the patient need not be in B
SELECT s.person_id, s.admission_id AS counted_id, s.row_id
FROM uc_admissions AS s
WHERE in_codelist(s.principal_diagnosis, 'dm_short_term')
