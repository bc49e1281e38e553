SELECT HOSPCODE AS facility, person_id, row_id, normalise(ICF) AS code, QUALIFIER AS qualifier, DATE_SERV AS day
FROM ICF
