-- Lines of the diabetes register with a diagnosis before the census day, any facility, any status (Part 3)
SELECT person_id, row_id
FROM chronic_register
WHERE in_codelist(code, 'dm') AND diagnosed_on < $census
