-- Residents with Thai nationality, of any insurance (S3.5)
SELECT person_id, sex, birth_date, age, row_id
FROM residents
WHERE nation = '099'
