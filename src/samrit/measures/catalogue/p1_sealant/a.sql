-- A: those of B with an outpatient sealant in the period; which tooth is not in the files
SELECT p.person_id, p.person_id AS counted_id, p.row_id
FROM procedures AS p
WHERE p.setting = 'opd' AND in_codelist(p.code, 'sealant') AND p.day BETWEEN $start AND $end
