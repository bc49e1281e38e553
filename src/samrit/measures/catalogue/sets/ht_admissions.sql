-- Stays for hypertension or its complications; a bleeding brain counts beside hypertension and without an injury (S8.3)
SELECT s.admission_id
FROM admissions AS s
JOIN (
  SELECT admission_id,
         max(CASE WHEN kind = '2' AND in_codelist(code, 'ht_principal') THEN 1 ELSE 0 END) AS beside_ht,
         max(CASE WHEN in_codelist(code, 'injury') THEN 1 ELSE 0 END) AS injured
  FROM admission_diagnoses
  GROUP BY admission_id
) AS d ON d.admission_id = s.admission_id
WHERE in_codelist(s.principal_diagnosis, 'ht_principal')
   OR (in_codelist(s.principal_diagnosis, 'ht_retina') AND d.beside_ht = 1)
   OR (in_codelist(s.principal_diagnosis, 'ht_stroke') AND d.beside_ht = 1 AND d.injured = 0)
