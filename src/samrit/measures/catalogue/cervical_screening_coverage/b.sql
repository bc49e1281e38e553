-- B: UC resident women of exactly one of the ages on the census day
SELECT r.person_id, r.person_id AS counted_id, r.row_id
FROM uc_residents AS r
JOIN ages AS g ON g.age = r.age
WHERE r.sex = '2'
