-- Regional and general hospitals on the list of the Smart Health ID on the census day, numbered
SELECT f.facility, rank() OVER (ORDER BY f.facility) AS hospital_no
FROM facilities AS f
WHERE f.kind IN ('05', '06') AND f.smart_health_id_target AND $census BETWEEN f.valid_from AND f.valid_to
