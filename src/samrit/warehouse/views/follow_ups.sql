SELECT HOSPCODE AS facility, person_id, row_id, DATE_SERV AS day, SBP AS sbp, DBP AS dbp, WEIGHT AS weight,
       HEIGHT AS height, WAIST_CM AS waist, FOOT AS foot, RETINA AS retina, D_UPDATE AS updated_at,
       dense_rank() OVER (ORDER BY PID) AS tie
FROM CHRONICFU
