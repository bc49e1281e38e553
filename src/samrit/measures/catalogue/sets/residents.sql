-- People who live here by the register, with the insurance and the age they have on the census day (S3.3, S4, S6.2)
SELECT person_id, home_facility, sex, birth_date, nation, insurance, age_on(birth_date, $census) AS age, row_id
FROM registrations
WHERE home_facility IS NOT NULL AND $census BETWEEN valid_from AND valid_to
