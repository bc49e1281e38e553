-- A: those of B with a diagnosis of depression of any type in the period
SELECT d.person_id, d.person_id AS counted_id, d.row_id
FROM diagnoses AS d
WHERE in_codelist(d.code, 'depression') AND d.day BETWEEN $start AND $end
