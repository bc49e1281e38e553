-- A: those of B with a blood pressure measured in the period
-- ใช้ได้เฉพาะวิวใน docs/views.md และชุดที่มีชื่อใน docs/measures.md / views and named sets only
-- ต้องคืน person_id, counted_id (สิ่งที่นับ) และ row_id (แถวหลักฐาน) / what comes out: who, what counts, which row shows it
-- $start $end คือวันแรกและวันสุดท้ายของงวด $census คือวันสำรวจ / the days of the period and the census day
-- ไม่ต้องบอกหน่วยบริการหรือระดับ โปรแกรมวางคนไว้ที่บ้านเอง / the engine places people, a text never does
SELECT s.person_id, s.person_id AS counted_id, s.row_id
FROM screenings AS s
WHERE s.day BETWEEN $start AND $end
  AND s.sbp > 0 AND s.dbp > 0
