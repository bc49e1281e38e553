SELECT HOSPCODE AS facility, person_id, row_id, normalise(COMSERVICE) AS code, DATE_SERV AS day
FROM COMMUNITY_SERVICE
