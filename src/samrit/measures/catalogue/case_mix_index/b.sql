-- B: discharges of the period that were grouped and weighed
SELECT s.person_id, s.admission_id AS counted_id, s.row_id, s.facility
FROM weighed_stays AS s
