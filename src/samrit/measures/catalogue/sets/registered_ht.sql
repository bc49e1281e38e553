-- Lines of the hypertension register with a diagnosis before the census day, any facility, any status (Part 3)
SELECT person_id, row_id
FROM chronic_register
WHERE in_codelist(code, 'ht') AND diagnosed_on < $census
