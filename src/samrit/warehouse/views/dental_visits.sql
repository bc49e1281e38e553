SELECT HOSPCODE AS facility, person_id, row_id, DATE_SERV AS day, DENTTYPE AS kind
FROM DENTAL
