-- UC stays of the diseases after which people are followed, numbered in the order in which a person's stays began (S9.1)
SELECT g.disease, s.person_id, s.facility, s.admission_id, s.row_id,
       s.admitted_on, s.discharged_on, s.discharged_at, s.died, s.transferred,
       row_number() OVER (PARTITION BY s.person_id ORDER BY s.admitted_at, s.facility, s.stay_no) AS place
FROM admissions AS s
JOIN (
  SELECT 'dm' AS disease, admission_id
  FROM admissions
  WHERE in_codelist(principal_diagnosis, 'dm')
  UNION ALL
  SELECT 'ht' AS disease, admission_id
  FROM ht_admissions
) AS g ON g.admission_id = s.admission_id
WHERE is_code(s.insurance, 'uc') AND s.admitted_at IS NOT NULL
