SELECT HOSPCODE AS facility, person_id, row_id, DISABTYPE AS kind, DATE_DETECT AS detected_on,
       DISABID <> '' AS registered
FROM DISABILITY
