-- A: those of B with a successful read in the period; connecting without reading is no use
SELECT CAST(NULL AS BIGINT) AS person_id, h.hospital_no AS counted_id, array_agg(i.row_id) AS row_ids, h.facility
FROM smart_health_id_hospitals AS h
JOIN identity_reads AS i ON i.facility = h.facility
WHERE i.action = 'read' AND i.success AND i.day BETWEEN $start AND $end
GROUP BY h.hospital_no, h.facility
