-- Lines that make an asthma patient: on the register before the census day, or a diagnosis of the year before it (2.2)
SELECT person_id, row_id
FROM chronic_register
WHERE in_codelist(code, 'asthma') AND diagnosed_on < $census
UNION ALL
SELECT person_id, row_id
FROM diagnoses
WHERE in_codelist(code, 'asthma') AND day >= years_before($census, 1) AND day < $census
