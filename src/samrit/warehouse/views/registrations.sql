-- Which card wins on each day of a person: ranks do not depend on the day, so each span takes its best valid card (S4)
WITH cards AS (
  SELECT person_id, INSTYPE_NEW AS insurance, MAIN AS main_unit, row_id,
         coalesce(STARTDATE, DATE '0001-01-01') AS first_day, coalesce(EXPIREDATE, DATE '9999-12-31') AS last_day,
         row_number() OVER (
           PARTITION BY person_id
           ORDER BY STARTDATE DESC NULLS LAST, D_UPDATE DESC NULLS LAST, HOSPCODE, PID, INSTYPE_NEW
         ) AS rank
  FROM CARD
  WHERE INSTYPE_NEW <> ''
),
edges AS (
  SELECT person_id, DATE '0001-01-01' AS day FROM people
  UNION SELECT person_id, first_day FROM cards
  UNION SELECT person_id, CAST(last_day + 1 AS DATE) FROM cards WHERE last_day < DATE '9999-12-31'
),
spans AS (
  SELECT person_id, day AS valid_from,
         coalesce(CAST(lead(day) OVER (PARTITION BY person_id ORDER BY day) - 1 AS DATE), DATE '9999-12-31') AS valid_to
  FROM edges
),
winners AS (
  SELECT s.person_id, s.valid_from, s.valid_to, c.insurance, c.main_unit, c.row_id AS card_row_id,
         row_number() OVER (PARTITION BY s.person_id, s.valid_from ORDER BY c.rank NULLS LAST) AS place
  FROM spans AS s
  LEFT JOIN cards AS c
    ON c.person_id = s.person_id AND s.valid_from BETWEEN c.first_day AND c.last_day
)
SELECT p.person_id, p.home_facility, p.sex, p.birth_date, p.nation,
       coalesce(w.insurance, '') AS insurance, coalesce(w.main_unit, '') AS main_unit,
       w.valid_from, w.valid_to, p.row_id, w.card_row_id
FROM winners AS w
JOIN people AS p USING (person_id)
WHERE w.place = 1
