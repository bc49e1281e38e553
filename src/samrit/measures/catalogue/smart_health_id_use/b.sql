-- B: every hospital on the list
SELECT CAST(NULL AS BIGINT) AS person_id, h.hospital_no AS counted_id, h.facility
FROM smart_health_id_hospitals AS h
