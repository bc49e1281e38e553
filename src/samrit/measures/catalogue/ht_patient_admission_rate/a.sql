-- A: UC stays for hypertension or its complications; the patient need not be in B
SELECT s.person_id, s.admission_id AS counted_id, s.row_id
FROM ht_admissions AS s
JOIN people AS p ON p.person_id = s.person_id
WHERE is_code(s.insurance, 'uc')
  AND CASE WHEN $date_used = 'admission' THEN s.admitted_on ELSE s.discharged_on END BETWEEN $start AND $end
  AND age_on(p.birth_date, s.admitted_on) >= $age_min
