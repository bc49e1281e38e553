-- B: Thai residents of the age on the census day
-- thai_residents คือชุดที่มีชื่อ มีอายุในวันสำรวจให้แล้ว / a named set, with the age on the census day
SELECT r.person_id, r.person_id AS counted_id, r.row_id
FROM thai_residents AS r
WHERE r.age >= $age_min
