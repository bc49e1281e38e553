-- UC stays of the period, of persons who have the age on the day of admission; no birth date is no age (P4)
SELECT s.person_id, s.admission_id, s.row_id, s.principal_diagnosis
FROM admissions AS s
JOIN people AS p ON p.person_id = s.person_id
WHERE is_code(s.insurance, 'uc')
  AND CASE WHEN $date_used = 'admission' THEN s.admitted_on ELSE s.discharged_on END BETWEEN $start AND $end
  AND age_on(p.birth_date, s.admitted_on) >= $age_min
