-- The winning PERSON row of every person: home rows first, then the latest D_UPDATE (S3.3)
SELECT person_id, CASE WHEN is_home THEN HOSPCODE END AS home_facility,
       SEX AS sex, BIRTH AS birth_date, NATION AS nation, row_id
FROM (
  SELECT *, row_number() OVER (
    PARTITION BY person_id ORDER BY is_home DESC, D_UPDATE DESC NULLS LAST, HOSPCODE, PID
  ) AS place
  FROM (SELECT *, TYPEAREA IN ('1', '3') AND DISCHARGE = '9' AS is_home FROM PERSON)
)
WHERE place = 1
