-- A: the adjusted weights (ADJRW) of the discharges of B
SELECT s.person_id, s.admission_id AS counted_id, s.adjrw AS amount, s.row_id, s.facility
FROM weighed_stays AS s
