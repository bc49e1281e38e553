SELECT HOSPCODE AS facility, person_id, row_id, row_id AS visit_id, DATE_SERV AS day, INSTYPE AS insurance,
       SERVPLACE AS place, TYPEIN AS arrived, TYPEOUT AS "left"
FROM SERVICE
