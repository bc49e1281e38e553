SELECT HOSPCODE AS facility, person_id, row_id, DATE_DIAG AS diagnosed_on, normalise(CHRONIC) AS code,
       TYPEDISCH AS status
FROM CHRONIC
