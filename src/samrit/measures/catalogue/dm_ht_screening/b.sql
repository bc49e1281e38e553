-- B: Thai residents of the age on the census day who were known to have neither disease when the period began
SELECT r.person_id, r.person_id AS counted_id, r.row_id
FROM thai_residents AS r
LEFT JOIN (
  SELECT person_id, min(diagnosed_on) AS known_since
  FROM chronic_register
  WHERE in_codelist(code, 'dm') OR in_codelist(code, 'ht')
  GROUP BY person_id
) AS c ON c.person_id = r.person_id
WHERE r.age BETWEEN $age_min AND $age_max AND (c.known_since IS NULL OR c.known_since >= $start)
