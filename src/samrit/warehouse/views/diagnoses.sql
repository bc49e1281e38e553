SELECT facility, person_id, row_id, visit_id AS event_id, 'opd' AS setting, day, kind, code
FROM visit_diagnoses
UNION ALL
SELECT facility, person_id, row_id, admission_id AS event_id, 'ipd' AS setting, day, kind, code
FROM admission_diagnoses
