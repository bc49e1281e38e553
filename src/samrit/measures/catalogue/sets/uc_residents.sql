-- Residents with the UC right on the census day; nation is not tested, the card decides (S3.5, S4.2, S4.3)
SELECT person_id, sex, birth_date, age, row_id
FROM residents
WHERE is_code(insurance, 'uc') OR (insurance = '' AND $missing_card = 'uc')
