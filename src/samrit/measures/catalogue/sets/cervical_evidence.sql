-- Proof of a cervical screening: an outpatient diagnosis of any type, a special service, or a line of the registry (P3)
SELECT person_id, day, row_id
FROM visit_diagnoses
WHERE in_codelist(code, 'cervical_diagnosis')
UNION ALL
SELECT person_id, day, row_id
FROM special_services
WHERE in_codelist(code, 'cervical_special_pp')
UNION ALL
SELECT person_id, day, row_id
FROM cervical_screenings
