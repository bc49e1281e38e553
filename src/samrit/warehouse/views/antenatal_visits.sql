SELECT HOSPCODE AS facility, person_id, row_id, GRAVIDA AS gravida, GA AS week, DATE_SERV AS day, ANCRESULT AS result
FROM ANC
