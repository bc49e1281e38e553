-- B: Thai residents of the age on the census day who were known to have neither disease when the period began
SELECT r.person_id, r.person_id AS counted_id, r.row_id
FROM thai_residents AS r
WHERE r.age BETWEEN $age_min AND $age_max AND r.person_id NOT IN (
  SELECT person_id
  FROM chronic_register
  WHERE (in_codelist(code, 'dm') OR in_codelist(code, 'ht')) AND diagnosed_on < $start
)
