-- A vaccine code of digits only has three of them: an official list prints 61 for 061 (S7.2)
SELECT facility, person_id, row_id, CASE WHEN code SIMILAR TO '[0-9]{1,2}' THEN lpad(code, 3, '0') ELSE code END AS vaccine,
       day
FROM (
  SELECT HOSPCODE AS facility, person_id, row_id, normalise(VACCINETYPE) AS code, DATE_SERV AS day
  FROM EPI
)
