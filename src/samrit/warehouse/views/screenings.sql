SELECT HOSPCODE AS facility, person_id, row_id, DATE_SERV AS day, SERVPLACE AS place, SMOKE AS smoke,
       ALCOHOL AS alcohol, WEIGHT AS weight, HEIGHT AS height, WAIST_CM AS waist, SBP_1 AS sbp, DBP_1 AS dbp,
       BSLEVEL AS glucose, BSTEST AS glucose_test
FROM NCDSCREEN
