SELECT HOSPCODE AS facility, person_id, row_id, normalise(PPSPECIAL) AS code, DATE_SERV AS day, SERVPLACE AS place
FROM SPECIALPP
